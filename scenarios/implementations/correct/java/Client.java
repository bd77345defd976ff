import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A chat client: java Client HOST PORT MESSAGEFILE SIGNATUREFILE */
public class Client {

    /** A file that is not what it should be. */
    static class FileProblem extends Exception {
        FileProblem(String message) {
            super(message);
        }
    }

    /** The server did what the protocol does not allow. */
    static class Violation extends Exception {
        Violation(String message) {
            super(message);
        }
    }

    private static final int MAX_REPLY = 4096;
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{64}");

    private final InputStream in;
    private final OutputStream out;

    Client(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    void talk(List<String> messages, List<String> signatures) throws IOException, Violation {
        send("HELLO\n");
        expect("260 OK");
        for (int i = 0; i < messages.size(); i++) {
            sendMessage(messages.get(i));
            expect("270 SIG");
            String signature = readLine("a signature");
            if (!SIGNATURE.matcher(signature).matches()) {
                throw new Violation("expected a signature, received \"" + signature + "\"");
            }
            send(signature.equalsIgnoreCase(signatures.get(i)) ? "PASS\n" : "FAIL\n");
            expect("260 OK");
        }
        send("QUIT\n");
    }

    private void sendMessage(String text) throws IOException {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append("DATA\n");
        for (char c : text.toCharArray()) {
            if (c == '\\' || c == '.') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        if (!text.isEmpty()) {
            escaped.append('\n');
        }
        send(escaped.append(".\n").toString());
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void expect(String reply) throws IOException, Violation {
        String line = readLine(reply);
        if (!line.equals(reply)) {
            throw new Violation("expected " + reply + ", received \"" + line + "\"");
        }
    }

    private String readLine(String due) throws IOException, Violation {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n';) {
            if (b < 0) {
                throw new Violation("expected " + due + ", but the server closed the connection");
            }
            if (line.size() == MAX_REPLY) {
                throw new Violation("a reply is too long");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        System.out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        System.out.write('\n');
        System.out.flush();
        return text;
    }

    private static String readFile(String path) throws IOException, FileProblem {
        try {
            return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        } catch (NoSuchFileException e) {
            throw new FileProblem(path + ": there is no such file");
        }
    }

    private static List<String> readMessages(String path) throws IOException, FileProblem {
        String content = readFile(path);
        List<String> messages = new ArrayList<>();
        int position = 0;
        int line = 1;
        while (position < content.length()) {
            int end = content.indexOf('\n', position);
            String number = content.substring(position, end < 0 ? content.length() : end);
            if (end < 0 || !number.matches("[0-9]{1,9}")) {
                throw new FileProblem(path + ":" + line + ": expected the length of a message");
            }
            int length = Integer.parseInt(number);
            int begin = end + 1;
            int stop = Math.min(begin + length, content.length());
            String body = content.substring(begin, stop);
            if (body.endsWith("\n") && body.length() == length) {
                messages.add(body.substring(0, length - 1));
            } else if (stop == content.length() && body.length() == length - 1 && !body.endsWith("\n")) {
                messages.add(body);  // the last line end of the file is missing
            } else {
                throw new FileProblem(path + ":" + line + ": these " + length
                        + " bytes do not end at the end of a line");
            }
            line += 1 + (int) body.chars().filter(c -> c == '\n').count();
            position = stop;
        }
        if (messages.isEmpty()) {
            throw new FileProblem(path + ": there is no message in it");
        }
        return messages;
    }

    private static List<String> readSignatures(String path) throws IOException, FileProblem {
        List<String> signatures = new ArrayList<>();
        for (String line : readFile(path).lines().toList()) {
            String signature = line.stripTrailing();
            if (!SIGNATURE.matcher(signature).matches()) {
                throw new FileProblem(path + ":" + (signatures.size() + 1) + ": expected 64 hexadecimal digits");
            }
            signatures.add(signature);
        }
        return signatures;
    }

    private static void close(Socket socket) {
        try (socket) {
            socket.shutdownOutput();
            socket.setSoTimeout(2000);
            byte[] rest = new byte[4096];
            while (socket.getInputStream().read(rest) >= 0) {
                // dropped, so that closing does not reset the connection
            }
        } catch (IOException e) {
            // it is over in any case
        }
    }

    private static int parsePort(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static int run(String[] args) {
        if (args.length != 4) {
            System.err.println("usage: java Client HOST PORT MESSAGEFILE SIGNATUREFILE");
            return 2;
        }
        int port = parsePort(args[1]);
        if (port < 1 || port > 65535) {
            System.err.println("Client: " + args[1] + " is not a port");
            return 2;
        }
        try {
            List<String> messages = readMessages(args[2]);
            List<String> signatures = readSignatures(args[3]);
            if (messages.size() != signatures.size()) {
                throw new FileProblem(messages.size() + " messages, but " + signatures.size() + " signatures");
            }
            Socket socket = new Socket(args[0], port);
            try {
                new Client(socket).talk(messages, signatures);
                return 0;
            } finally {
                close(socket);
            }
        } catch (FileProblem | Violation | IOException e) {
            System.err.println("Client: " + e.getMessage());
            return 1;
        }
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }
}

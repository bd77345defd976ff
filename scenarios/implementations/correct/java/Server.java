import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A chat server: java Server PORT KEYFILE */
public class Server {

    /** The peer did what the protocol does not allow. */
    static class Violation extends Exception {
        Violation(String message) {
            super(message);
        }
    }

    private static final int MAX_COMMAND = 4096;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream printed;
    private final List<byte[]> keys;

    Server(Socket socket, List<byte[]> keys) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.printed = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false);
        this.keys = keys;
    }

    void serve() throws IOException, Violation {
        try {
            expect("HELLO");
            send("260 OK\n");
            int used = 0;
            while (expect("DATA", "QUIT").equals("DATA")) {
                if (used == keys.size()) {
                    throw new Violation("there is no key left for a further message");
                }
                send("270 SIG\n" + sign(keys.get(used++)) + "\n");
                expect("PASS", "FAIL");
                send("260 OK\n");
            }
        } finally {
            printed.flush();
        }
    }

    /** Reads a text up to its terminator and gives its signature. */
    private String sign(byte[] key) throws IOException, Violation {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (;;) {
            byte[] line = readLine(Integer.MAX_VALUE);
            if (line == null) {
                throw new Violation("the connection ended within a message");
            }
            if (line.length == 1 && line[0] == '.') {
                hash.update(key);
                return HexFormat.of().formatHex(hash.digest());
            }
            hash.update(unescape(line));
        }
    }

    private String expect(String... commands) throws IOException, Violation {
        String due = String.join(" or ", commands);
        byte[] line = readLine(MAX_COMMAND);
        if (line == null) {
            throw new Violation("the connection ended where " + due + " was due");
        }
        String received = new String(line, StandardCharsets.ISO_8859_1);
        for (String command : commands) {
            if (received.equals(command)) {
                return command;
            }
        }
        throw new Violation("expected " + due + ", received \"" + received + "\"");
    }

    /** The next line without its line end, or null at the end of the stream. */
    private byte[] readLine(int limit) throws IOException, Violation {
        if (in.available() == 0) {
            printed.flush();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n';) {
            if (b < 0) {
                return null;
            }
            if (line.size() == limit) {
                throw new Violation("a command is too long");
            }
            line.write(b);
        }
        byte[] bytes = line.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        }
        printed.write(bytes, 0, bytes.length);
        printed.write('\n');
        return bytes;
    }

    private static byte[] unescape(byte[] line) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(line.length);
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\\' && i + 1 < line.length && (line[i + 1] == '\\' || line[i + 1] == '.')) {
                i++;
            }
            text.write(line[i]);
        }
        return text.toByteArray();
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends a FIN and reads what still comes: closing with unread bytes would reset the connection. */
    private static void close(Socket socket) {
        try (socket) {
            socket.shutdownOutput();
            socket.setSoTimeout(2000);
            byte[] rest = new byte[1 << 16];
            while (socket.getInputStream().read(rest) >= 0) {
                // dropped
            }
        } catch (IOException e) {
            // it is over in any case
        }
    }

    private static List<byte[]> readKeys(String path) throws IOException {
        String content = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
        if (content.isEmpty()) {
            throw new IOException(path + ":1: expected a key, found an empty file");
        }
        if (content.endsWith("\n")) {
            content = content.substring(0, content.length() - 1);
        }
        List<byte[]> keys = new ArrayList<>();
        for (String line : content.split("\n", -1)) {
            keys.add(line.replaceAll("[ \t\r]+$", "").getBytes(StandardCharsets.ISO_8859_1));
        }
        return keys;
    }

    private static void fail(int status, String message) {
        System.err.println("Server: " + message);
        System.exit(status);
    }

    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: java Server PORT KEYFILE");
            System.exit(2);
        }
        int port = 0;
        try {
            port = Integer.parseInt(args[0]);
        } catch (NumberFormatException e) {
            // stays 0, which is no port either
        }
        if (port < 1 || port > 65535) {
            fail(2, args[0] + " is not a port");
        }
        List<byte[]> keys = null;
        try {
            keys = readKeys(args[1]);
        } catch (NoSuchFileException e) {
            fail(2, args[1] + ": there is no such file");
        } catch (IOException e) {
            fail(2, e.getMessage());
        }
        try (ServerSocket listener = new ServerSocket(port)) {
            Socket socket = listener.accept();
            socket.setTcpNoDelay(true);
            try {
                new Server(socket, keys).serve();
            } finally {
                close(socket);
            }
        } catch (IOException | Violation e) {
            fail(1, e.getMessage());
        }
    }
}

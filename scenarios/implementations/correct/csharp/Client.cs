// A chat client: Client.exe HOST PORT MESSAGEFILE SIGNATUREFILE

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

class ChatException : Exception
{
    public ChatException(string message) : base(message) { }
}

static class Client
{
    const int MaxReply = 4096;
    static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");
    static readonly Regex Signature = new Regex(@"\A[0-9a-fA-F]{64}\z");

    static string ReadFile(string path)
    {
        return Latin1.GetString(File.ReadAllBytes(path)).Replace("\r\n", "\n");
    }

    static List<string> ReadMessages(string path)
    {
        string content = ReadFile(path);
        var messages = new List<string>();
        for (int position = 0; position < content.Length;)
        {
            string which = path + ": message " + (messages.Count + 1) + ": ";
            int end = content.IndexOf('\n', position);
            int length;
            if (end < 0 || !int.TryParse(content.Substring(position, end - position), out length) || length < 1)
                throw new ChatException(which + "expected its length alone on a line");
            int begin = end + 1;
            int stop = begin + length - 1; // where its line end should be
            if (stop < content.Length ? content[stop] != '\n' : stop > content.Length || (length > 1 && content[stop - 1] == '\n'))
                throw new ChatException(which + "its length does not lead to the end of a line");
            messages.Add(content.Substring(begin, stop - begin));
            position = stop + 1;
        }
        if (messages.Count == 0) throw new ChatException(path + ": there is no message in it");
        return messages;
    }

    static List<string> ReadSignatures(string path)
    {
        var lines = ReadFile(path).Split('\n').ToList();
        if (lines.Last() == "") lines.RemoveAt(lines.Count - 1);
        var signatures = lines.Select(line => line.TrimEnd()).ToList();
        int bad = signatures.FindIndex(signature => !Signature.IsMatch(signature));
        if (bad >= 0) throw new ChatException(path + ":" + (bad + 1) + ": expected 64 hexadecimal digits");
        return signatures;
    }

    static void Send(Stream network, string text)
    {
        byte[] bytes = Latin1.GetBytes(text);
        network.Write(bytes, 0, bytes.Length);
        network.Flush();
    }

    static string Receive(Stream network)
    {
        var line = new StringBuilder();
        for (int b; (b = network.ReadByte()) != '\n'; line.Append((char)b))
        {
            if (b < 0) throw new ChatException("the server closed the connection where a reply was due");
            if (line.Length == MaxReply) throw new ChatException("a reply is too long");
        }
        string text = line.ToString();
        if (text.EndsWith("\r", StringComparison.Ordinal)) text = text.Substring(0, text.Length - 1);
        Console.WriteLine(text);
        return text;
    }

    static void Expect(Stream network, string reply)
    {
        string line = Receive(network);
        if (line != reply) throw new ChatException("expected " + reply + ", received '" + line + "'");
    }

    static string Escape(string text)
    {
        return text.Replace(@"\", @"\\").Replace(".", @"\.");
    }

    static void Talk(Stream network, List<string> messages, List<string> signatures)
    {
        Send(network, "HELLO\n");
        Expect(network, "260 OK");
        for (int i = 0; i < messages.Count; i++)
        {
            Send(network, "DATA\n" + (messages[i] == "" ? "" : Escape(messages[i]) + "\n") + ".\n");
            Expect(network, "270 SIG");
            string signature = Receive(network);
            if (!Signature.IsMatch(signature)) throw new ChatException("'" + signature + "' is no signature");
            bool same = string.Equals(signature, signatures[i], StringComparison.OrdinalIgnoreCase);
            Send(network, same ? "PASS\n" : "FAIL\n");
            Expect(network, "260 OK");
        }
        Send(network, "QUIT\n");
    }

    static void Finish(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            socket.ReceiveTimeout = 2000;
            var rest = new byte[4096];
            while (socket.Receive(rest) > 0) { }
        }
        catch (SocketException)
        {
            // It is over in any case.
        }
        socket.Close();
    }

    static int Main(string[] args)
    {
        if (args.Length != 4)
        {
            Console.Error.WriteLine("usage: Client.exe HOST PORT MESSAGEFILE SIGNATUREFILE");
            return 2;
        }
        try
        {
            ushort port;
            if (!ushort.TryParse(args[1], out port) || port == 0) throw new ChatException(args[1] + " is not a port");
            var messages = ReadMessages(args[2]);
            var signatures = ReadSignatures(args[3]);
            if (messages.Count != signatures.Count)
                throw new ChatException(messages.Count + " messages, but " + signatures.Count + " signatures");
            using (var client = new TcpClient(args[0], port))
            {
                try
                {
                    Talk(new BufferedStream(client.GetStream()), messages, signatures);
                }
                finally
                {
                    Finish(client.Client);
                }
            }
            return 0;
        }
        catch (Exception problem) when (problem is ChatException || problem is IOException ||
                                        problem is SocketException || problem is UnauthorizedAccessException)
        {
            Console.Error.WriteLine("Client: " + problem.Message);
            return 1;
        }
    }
}

// A chat server: Server.exe PORT KEYFILE

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

class Violation : Exception
{
    public Violation(string message) : base(message) { }
}

class Conversation
{
    const int MaxCommand = 4096;

    // One character per byte, whatever the bytes are.
    static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    readonly NetworkStream network;
    readonly Stream printed;
    readonly byte[] buffer = new byte[65536];
    int begin, end;

    public Conversation(NetworkStream network)
    {
        this.network = network;
        printed = new BufferedStream(Console.OpenStandardOutput(), 65536);
    }

    public void Run(IList<byte[]> keys)
    {
        try
        {
            Expect("HELLO");
            Reply("260 OK\n");
            for (int used = 0; Expect("DATA", "QUIT") == "DATA"; used++)
            {
                if (used == keys.Count) throw new Violation("there is no key left for a further message");
                Reply("270 SIG\n" + Sign(keys[used]) + "\n");
                Expect("PASS", "FAIL");
                Reply("260 OK\n");
            }
        }
        finally
        {
            printed.Flush();
        }
    }

    string Sign(byte[] key)
    {
        using (var hash = SHA256.Create())
        {
            for (;;)
            {
                byte[] line = ReadLine(int.MaxValue);
                if (line == null) throw new Violation("the connection ended within a message");
                if (line.Length == 1 && line[0] == '.') break;
                byte[] text = Unescape(line);
                hash.TransformBlock(text, 0, text.Length, null, 0);
            }
            hash.TransformFinalBlock(key, 0, key.Length);
            return string.Concat(hash.Hash.Select(b => b.ToString("x2")));
        }
    }

    static byte[] Unescape(byte[] line)
    {
        if (Array.IndexOf(line, (byte)'\\') < 0) return line;
        var text = new List<byte>(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length && (line[i + 1] == '\\' || line[i + 1] == '.')) i++;
            text.Add(line[i]);
        }
        return text.ToArray();
    }

    string Expect(params string[] commands)
    {
        string due = string.Join(" or ", commands);
        byte[] line = ReadLine(MaxCommand);
        if (line == null) throw new Violation("the connection ended where " + due + " was due");
        string received = Latin1.GetString(line);
        if (!commands.Contains(received)) throw new Violation("expected " + due + ", received '" + received + "'");
        return received;
    }

    // The next line without its line end; null at the end of the stream.
    byte[] ReadLine(int limit)
    {
        var line = new MemoryStream();
        for (;;)
        {
            int found = Array.IndexOf(buffer, (byte)'\n', begin, end - begin);
            int stop = found < 0 ? end : found;
            line.Write(buffer, begin, stop - begin);
            if (line.Length > limit) throw new Violation("a command is too long");
            begin = stop + 1;
            if (found >= 0) break;
            printed.Flush();
            begin = 0;
            end = network.Read(buffer, 0, buffer.Length);
            if (end == 0) return null;
        }
        byte[] bytes = line.ToArray();
        if (bytes.Length > 0 && bytes[bytes.Length - 1] == '\r') Array.Resize(ref bytes, bytes.Length - 1);
        printed.Write(bytes, 0, bytes.Length);
        printed.WriteByte((byte)'\n');
        return bytes;
    }

    void Reply(string text)
    {
        byte[] bytes = Latin1.GetBytes(text);
        network.Write(bytes, 0, bytes.Length);
    }
}

static class Server
{
    static List<byte[]> ReadKeys(string path)
    {
        var latin1 = Encoding.GetEncoding("iso-8859-1");
        string content = latin1.GetString(File.ReadAllBytes(path));
        if (content == "") throw new InvalidDataException(path + ": there is no key in it");
        if (content.EndsWith("\n", StringComparison.Ordinal)) content = content.Substring(0, content.Length - 1);
        return content.Split('\n').Select(line => latin1.GetBytes(line.TrimEnd(' ', '\t', '\r'))).ToList();
    }

    // Sends our FIN and drops what still comes: closing with unread bytes would reset the connection.
    static void Finish(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            socket.ReceiveTimeout = 2000;
            var rest = new byte[65536];
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
        if (args.Length != 2)
        {
            Console.Error.WriteLine("usage: Server.exe PORT KEYFILE");
            return 2;
        }
        ushort port;
        if (!ushort.TryParse(args[0], out port) || port == 0)
        {
            Console.Error.WriteLine("Server: " + args[0] + " is not a port");
            return 2;
        }
        try
        {
            var keys = ReadKeys(args[1]);
            var listener = new TcpListener(IPAddress.Any, port);
            listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Start();
            Socket socket = listener.AcceptSocket();
            listener.Stop();
            try
            {
                new Conversation(new NetworkStream(socket)).Run(keys);
            }
            finally
            {
                Finish(socket);
            }
            return 0;
        }
        catch (Exception problem) when (problem is IOException || problem is Violation || problem is SocketException ||
                                        problem is UnauthorizedAccessException || problem is InvalidDataException)
        {
            Console.Error.WriteLine("Server: " + problem.Message);
            return 1;
        }
    }
}

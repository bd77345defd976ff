<?php
// A chat client: php client.php HOST PORT MESSAGEFILE SIGNATUREFILE

declare(strict_types=1);

const MAX_REPLY = 4096;
const SIGNATURE = '/\A[0-9a-fA-F]{64}\z/';

final class ChatException extends RuntimeException
{
}

function readWholeFile(string $path): string
{
    $content = @file_get_contents($path);
    if ($content === false) {
        throw new ChatException("$path: it cannot be read");
    }
    return str_replace("\r\n", "\n", $content);
}

/** @return string[] */
function readMessages(string $path): array
{
    $content = readWholeFile($path);
    $messages = [];
    for ($position = 0; $position < strlen($content); $position += $length) {
        $which = "$path: message " . (count($messages) + 1);
        if (!preg_match('/\G(\d{1,9})\n/', $content, $match, 0, $position)) {
            throw new ChatException("$which: expected its length alone on a line");
        }
        $length = (int) $match[1];
        $position += strlen($match[0]);
        $text = substr($content, $position, $length);
        $endsLine = str_ends_with($text, "\n");
        if (strlen($text) < $length - 1 || $endsLine !== (strlen($text) === $length)) {
            throw new ChatException("$which: its length does not lead to the end of a line");
        }
        $messages[] = $endsLine ? substr($text, 0, -1) : $text;
    }
    if ($messages === []) {
        throw new ChatException("$path: there is no message in it");
    }
    return $messages;
}

/** @return string[] */
function readSignatures(string $path): array
{
    $lines = explode("\n", readWholeFile($path));
    if (end($lines) === '') {
        array_pop($lines);
    }
    foreach ($lines as $index => $line) {
        $lines[$index] = rtrim($line);
        if (!preg_match(SIGNATURE, $lines[$index])) {
            throw new ChatException($path . ':' . ($index + 1) . ': expected 64 hexadecimal digits');
        }
    }
    return $lines;
}

final class Client
{
    /** @param resource $stream */
    public function __construct(private $stream)
    {
    }

    /**
     * @param string[] $messages
     * @param string[] $signatures
     */
    public function talk(array $messages, array $signatures): void
    {
        $this->send("HELLO\n");
        $this->expect('260 OK');
        foreach ($messages as $index => $message) {
            $text = $message === '' ? '' : strtr($message, ['\\' => '\\\\', '.' => '\\.']) . "\n";
            $this->send("DATA\n$text.\n");
            $this->expect('270 SIG');
            $signature = $this->receive();
            if (!preg_match(SIGNATURE, $signature)) {
                throw new ChatException("expected a signature, received '$signature'");
            }
            $this->send(strcasecmp($signature, $signatures[$index]) === 0 ? "PASS\n" : "FAIL\n");
            $this->expect('260 OK');
        }
        $this->send("QUIT\n");
    }

    public function close(): void
    {
        @stream_socket_shutdown($this->stream, STREAM_SHUT_WR);
        stream_set_timeout($this->stream, 2);
        do {
            $rest = @fread($this->stream, 65536);
        } while ($rest !== false && $rest !== '');
        fclose($this->stream);
    }

    private function send(string $text): void
    {
        for ($sent = 0; $sent < strlen($text); $sent += $written) {
            $written = @fwrite($this->stream, $sent === 0 ? $text : substr($text, $sent, 1 << 20));
            if ($written === false || $written === 0) {
                throw new ChatException('the server takes nothing more');
            }
        }
    }

    private function receive(): string
    {
        $line = fgets($this->stream, MAX_REPLY);
        if ($line === false || !str_ends_with($line, "\n")) {
            throw new ChatException('the server closed the connection where a reply was due');
        }
        $line = preg_replace('/\r?\n\z/', '', $line);
        fwrite(STDOUT, "$line\n");
        return $line;
    }

    private function expect(string $reply): void
    {
        $line = $this->receive();
        if ($line !== $reply) {
            throw new ChatException("expected $reply, received '$line'");
        }
    }
}

ini_set('default_socket_timeout', '-1');
if ($argc !== 5) {
    fwrite(STDERR, "usage: php client.php HOST PORT MESSAGEFILE SIGNATUREFILE\n");
    exit(2);
}
[, $host, $port, $messageFile, $signatureFile] = $argv;
try {
    if (!ctype_digit($port) || (int) $port < 1 || (int) $port > 65535) {
        throw new ChatException("$port is not a port");
    }
    $messages = readMessages($messageFile);
    $signatures = readSignatures($signatureFile);
    if (count($messages) !== count($signatures)) {
        throw new ChatException(count($messages) . ' messages, but ' . count($signatures) . ' signatures');
    }
    $stream = @stream_socket_client("tcp://$host:$port", $number, $reason, 60);
    if ($stream === false) {
        throw new ChatException("$host port $port: $reason");
    }
    $client = new Client($stream);
    try {
        $client->talk($messages, $signatures);
    } finally {
        $client->close();
    }
} catch (ChatException $problem) {
    fwrite(STDERR, 'client.php: ' . $problem->getMessage() . "\n");
    exit(1);
}

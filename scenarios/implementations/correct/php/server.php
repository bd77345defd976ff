<?php
// A chat server: php server.php PORT KEYFILE

declare(strict_types=1);

const MAX_COMMAND = 4096;

final class Violation extends RuntimeException
{
}

final class Conversation
{
    private string $buffer = '';

    /** @param string[] $keys */
    public function __construct(private Socket $socket, private array $keys)
    {
    }

    public function run(): void
    {
        $this->expect('HELLO');
        $this->send("260 OK\n");
        while ($this->expect('DATA', 'QUIT') === 'DATA') {
            if ($this->keys === []) {
                throw new Violation('there is no key left for a further message');
            }
            $this->send("270 SIG\n" . $this->sign(array_shift($this->keys)) . "\n");
            $this->expect('PASS', 'FAIL');
            $this->send("260 OK\n");
        }
    }

    private function sign(string $key): string
    {
        $hash = hash_init('sha256');
        while (($line = $this->readLine()) !== '.') {
            hash_update($hash, preg_replace('/\\\\([\\\\.])/', '$1', $line));
        }
        hash_update($hash, $key);
        return hash_final($hash);
    }

    private function expect(string ...$commands): string
    {
        $line = $this->readLine(MAX_COMMAND);
        if (!in_array($line, $commands, true)) {
            throw new Violation('expected ' . implode(' or ', $commands) . ", received '$line'");
        }
        return $line;
    }

    /** The next line without its line end. */
    private function readLine(int $limit = PHP_INT_MAX): string
    {
        $searched = 0;
        while (($end = strpos($this->buffer, "\n", $searched)) === false) {
            $searched = strlen($this->buffer);
            if ($searched > $limit) {
                throw new Violation('a command is too long');
            }
            $piece = socket_read($this->socket, 4096);
            if ($piece === false || $piece === '') {
                throw new Violation('the connection ended before QUIT');
            }
            $this->buffer .= $piece;
        }
        $line = substr($this->buffer, 0, $end);
        $this->buffer = substr($this->buffer, $end + 1);
        if (str_ends_with($line, "\r")) {
            $line = substr($line, 0, -1);
        }
        fwrite(STDOUT, "$line\n");
        return $line;
    }

    private function send(string $text): void
    {
        while ($text !== '') {
            $sent = @socket_write($this->socket, $text);
            if ($sent === false) {
                throw new Violation(socket_strerror(socket_last_error($this->socket)));
            }
            $text = substr($text, $sent);
        }
    }
}

/** Our FIN first, then the rest of what comes: closing with unread bytes would reset the connection. */
function finish(Socket $socket): void
{
    @socket_shutdown($socket, 1);
    socket_set_option($socket, SOL_SOCKET, SO_RCVTIMEO, ['sec' => 2, 'usec' => 0]);
    do {
        $rest = @socket_read($socket, 65536);
    } while ($rest !== false && $rest !== '');
    socket_close($socket);
}

function complain(string $message, int $status): never
{
    fwrite(STDERR, "server.php: $message\n");
    exit($status);
}

if ($argc !== 3) {
    fwrite(STDERR, "usage: php server.php PORT KEYFILE\n");
    exit(2);
}
[, $port, $keyFile] = $argv;
if (!ctype_digit($port) || (int) $port < 1 || (int) $port > 65535) {
    complain("$port is not a port", 2);
}
$content = @file_get_contents($keyFile);
if ($content === false || $content === '') {
    complain("$keyFile: " . ($content === '' ? 'there is no key in it' : 'it cannot be read'), 2);
}
if (str_ends_with($content, "\n")) {
    $content = substr($content, 0, -1);
}
$keys = array_map(fn (string $line): string => rtrim($line, " \t\r"), explode("\n", $content));

$listener = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_set_option($listener, SOL_SOCKET, SO_REUSEADDR, 1);
if (!@socket_bind($listener, '0.0.0.0', (int) $port) || !@socket_listen($listener, 5)) {
    complain("port $port: " . socket_strerror(socket_last_error($listener)), 1);
}
$socket = socket_accept($listener);
socket_close($listener);
$status = 0;
try {
    (new Conversation($socket, $keys))->run();
} catch (Violation $violation) {
    fwrite(STDERR, 'server.php: ' . $violation->getMessage() . "\n");
    $status = 1;
}
finish($socket);
exit($status);

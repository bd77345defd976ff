// A chat server: server PORT KEYFILE
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"
)

const maxCommand = 4096

// unescape reads \\ as \ and \. as ., and leaves any other backslash alone.
func unescape(line []byte) []byte {
	if bytes.IndexByte(line, '\\') < 0 {
		return line
	}
	text := make([]byte, 0, len(line))
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' && i+1 < len(line) && (line[i+1] == '\\' || line[i+1] == '.') {
			i++
		}
		text = append(text, line[i])
	}
	return text
}

func readKeys(path string) ([][]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(content) == 0 {
		return nil, fmt.Errorf("%s: there is no key in it", path)
	}
	keys := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
	for i := range keys {
		keys[i] = bytes.TrimRight(keys[i], " \t\r")
	}
	return keys, nil
}

type conversation struct {
	conn *net.TCPConn
	in   *bufio.Reader
	out  *bufio.Writer // standard output
	keys [][]byte
}

// readLine gives the next line without its line end, and prints it.
func (c *conversation) readLine(limit int) ([]byte, error) {
	if c.in.Buffered() == 0 {
		c.out.Flush()
	}
	var line []byte
	for {
		piece, err := c.in.ReadSlice('\n')
		line = append(line, piece...)
		if err == nil {
			break
		}
		if err != bufio.ErrBufferFull {
			return nil, err
		}
		if len(line) > limit {
			return nil, errors.New("a command is too long")
		}
	}
	line = bytes.TrimSuffix(line[:len(line)-1], []byte("\r"))
	c.out.Write(line)
	c.out.WriteByte('\n')
	return line, nil
}

func (c *conversation) expect(one, other string) (string, error) {
	line, err := c.readLine(maxCommand)
	if err == io.EOF {
		return "", fmt.Errorf("the connection ended where %s or %s was due", one, other)
	}
	if err != nil {
		return "", err
	}
	if word := string(line); word == one || word == other {
		return word, nil
	}
	return "", fmt.Errorf("expected %s or %s, received %q", one, other, line)
}

func (c *conversation) sign(key []byte) (string, error) {
	hash := sha256.New()
	for {
		line, err := c.readLine(1 << 30)
		if err != nil {
			return "", fmt.Errorf("within a message: %w", err)
		}
		if len(line) == 1 && line[0] == '.' {
			break
		}
		hash.Write(unescape(line))
	}
	hash.Write(key)
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func (c *conversation) run() error {
	if _, err := c.expect("HELLO", "HELLO"); err != nil {
		return err
	}
	if _, err := io.WriteString(c.conn, "260 OK\n"); err != nil {
		return err
	}
	for used := 0; ; used++ {
		command, err := c.expect("DATA", "QUIT")
		if err != nil || command == "QUIT" {
			return err
		}
		if used == len(c.keys) {
			return errors.New("there is no key left for a further message")
		}
		signature, err := c.sign(c.keys[used])
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(c.conn, "270 SIG\n%s\n", signature); err != nil {
			return err
		}
		if _, err := c.expect("PASS", "FAIL"); err != nil {
			return err
		}
		if _, err := io.WriteString(c.conn, "260 OK\n"); err != nil {
			return err
		}
	}
}

// closeInOrder sends our FIN and reads what still comes: unread bytes would make it a reset.
func closeInOrder(conn *net.TCPConn) {
	conn.CloseWrite()
	conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	io.Copy(io.Discard, conn)
	conn.Close()
}

func run(port int, keys [][]byte) error {
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{Port: port})
	if err != nil {
		return err
	}
	conn, err := listener.AcceptTCP()
	listener.Close()
	if err != nil {
		return err
	}
	defer closeInOrder(conn)
	c := conversation{conn, bufio.NewReaderSize(conn, 1<<16), bufio.NewWriter(os.Stdout), keys}
	defer c.out.Flush()
	return c.run()
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: server PORT KEYFILE")
		os.Exit(2)
	}
	port, err := strconv.ParseUint(os.Args[1], 10, 16)
	if err != nil || port == 0 {
		fmt.Fprintf(os.Stderr, "server: %q is not a port\n", os.Args[1])
		os.Exit(2)
	}
	keys, err := readKeys(os.Args[2])
	if err == nil {
		err = run(int(port), keys)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "server: %v\n", err)
		os.Exit(1)
	}
}

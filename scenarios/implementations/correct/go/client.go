// A chat client: client HOST PORT MESSAGEFILE SIGNATUREFILE
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	maxReply        = 4096
	signatureDigits = 64
)

var escaper = strings.NewReplacer(`\`, `\\`, `.`, `\.`)

func isSignature(text string) bool {
	return len(text) == signatureDigits && strings.Trim(text, "0123456789abcdefABCDEF") == ""
}

// readMessages gives the texts of a message file, their lines separated by LF.
func readMessages(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rest := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	var messages []string
	for line := 1; len(rest) > 0; {
		number, body, found := bytes.Cut(rest, []byte("\n"))
		length, err := strconv.ParseUint(string(number), 10, 31)
		if err != nil || !found {
			return nil, fmt.Errorf("%s:%d: expected the length of a message, found %.40q", path, line, number)
		}
		n := int(length)
		switch {
		case n > 0 && n <= len(body) && body[n-1] == '\n':
			messages = append(messages, string(body[:n-1]))
		case n == len(body)+1 && !bytes.HasSuffix(body, []byte("\n")):
			n-- // the last line end of the file is missing
			messages = append(messages, string(body))
		default:
			return nil, fmt.Errorf("%s:%d: %d bytes from here is not the end of a line", path, line, n)
		}
		line += 1 + bytes.Count(body[:n], []byte("\n"))
		rest = body[n:]
	}
	if len(messages) == 0 {
		return nil, fmt.Errorf("%s: there is no message in it", path)
	}
	return messages, nil
}

func readSignatures(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var signatures []string
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		signature := strings.TrimRight(scanner.Text(), " \t\r")
		if !isSignature(signature) {
			return nil, fmt.Errorf("%s:%d: expected 64 hexadecimal digits", path, len(signatures)+1)
		}
		signatures = append(signatures, signature)
	}
	return signatures, scanner.Err()
}

type client struct {
	conn *net.TCPConn
	in   *bufio.Reader
}

func (c *client) send(text string) error {
	_, err := io.WriteString(c.conn, text)
	return err
}

func (c *client) receive() (string, error) {
	line, err := c.in.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		return "", errors.New("a reply is too long")
	case err == io.EOF:
		return "", errors.New("the server closed the connection where a reply was due")
	case err != nil:
		return "", err
	}
	text := strings.TrimSuffix(string(line[:len(line)-1]), "\r")
	fmt.Println(text)
	return text, nil
}

func (c *client) expect(reply string) error {
	line, err := c.receive()
	if err == nil && line != reply {
		err = fmt.Errorf("expected %s, received %q", reply, line)
	}
	return err
}

// sign sends a message and gives its signature.
func (c *client) sign(text string) (string, error) {
	if text != "" {
		text = escaper.Replace(text) + "\n"
	}
	if err := c.send("DATA\n" + text + ".\n"); err != nil {
		return "", err
	}
	if err := c.expect("270 SIG"); err != nil {
		return "", err
	}
	signature, err := c.receive()
	if err == nil && !isSignature(signature) {
		err = fmt.Errorf("expected a signature, received %q", signature)
	}
	return signature, err
}

func (c *client) talk(messages, signatures []string) error {
	if err := c.send("HELLO\n"); err != nil {
		return err
	}
	if err := c.expect("260 OK"); err != nil {
		return err
	}
	for i, message := range messages {
		signature, err := c.sign(message)
		if err != nil {
			return err
		}
		verdict := "FAIL\n"
		if strings.EqualFold(signature, signatures[i]) {
			verdict = "PASS\n"
		}
		if err := c.send(verdict); err != nil {
			return err
		}
		if err := c.expect("260 OK"); err != nil {
			return err
		}
	}
	return c.send("QUIT\n")
}

func (c *client) close() {
	c.conn.CloseWrite()
	c.conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	io.Copy(io.Discard, c.conn)
	c.conn.Close()
}

func run(host, port, messageFile, signatureFile string) error {
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("%q is not a port", port)
	}
	messages, err := readMessages(messageFile)
	if err != nil {
		return err
	}
	signatures, err := readSignatures(signatureFile)
	if err != nil {
		return err
	}
	if len(messages) != len(signatures) {
		return fmt.Errorf("%d messages, but %d signatures", len(messages), len(signatures))
	}
	conn, err := net.Dial("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	c := client{conn.(*net.TCPConn), bufio.NewReaderSize(conn, maxReply)}
	defer c.close()
	return c.talk(messages, signatures)
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: client HOST PORT MESSAGEFILE SIGNATUREFILE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintf(os.Stderr, "client: %v\n", err)
		os.Exit(1)
	}
}

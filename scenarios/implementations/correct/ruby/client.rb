#!/usr/bin/env ruby
# frozen_string_literal: true

# A chat client: client.rb HOST PORT MESSAGEFILE SIGNATUREFILE

require 'socket'
require 'stringio'
require 'timeout'

SIGNATURE = /\A\h{64}\z/.freeze

# What the user gets to read in place of a backtrace.
class ChatError < StandardError; end

def read_messages(path)
  file = StringIO.new(File.binread(path).gsub("\r\n".b, "\n".b))
  messages = []
  until file.eof?
    which = "#{path}: message #{messages.size + 1}"
    number = file.gets
    raise ChatError, "#{which}: expected its length, found #{number[0, 40].inspect}" unless number.match?(/\A\d{1,9}\n\z/)

    length = number.to_i
    text = file.read(length) || ''.b
    complete = text.size == length && text.end_with?("\n")
    last = text.size == length - 1 && !text.end_with?("\n")
    raise ChatError, "#{which}: its length does not lead to the end of a line" unless complete || last

    messages << text.delete_suffix("\n")
  end
  raise ChatError, "#{path}: there is no message in it" if messages.empty?

  messages
end

def read_signatures(path)
  File.binread(path).lines.each_with_index.map do |line, index|
    signature = line.rstrip
    raise ChatError, "#{path}:#{index + 1}: expected 64 hexadecimal digits" unless signature.match?(SIGNATURE)

    signature.downcase
  end
end

# The conversation with a server.
class Client
  MAX_REPLY = 4096

  def initialize(socket)
    @socket = socket
  end

  def talk(messages, signatures)
    @socket.write("HELLO\n")
    expect '260 OK'
    messages.zip(signatures) do |text, signature|
      @socket.write(sign(text) == signature ? "PASS\n" : "FAIL\n")
      expect '260 OK'
    end
    @socket.write("QUIT\n")
  end

  private

  def sign(text)
    @socket.write("DATA\n", *body(text), ".\n")
    expect '270 SIG'
    signature = receive
    raise ChatError, "expected a signature, received #{signature.inspect}" unless signature.match?(SIGNATURE)

    signature.downcase
  end

  def body(text)
    text.empty? ? [] : [text.gsub(/[\\.]/n) { |special| "\\#{special}" }, "\n"]
  end

  def expect(reply)
    line = receive
    raise ChatError, "expected #{reply}, received #{line.inspect}" unless line == reply
  end

  def receive
    line = @socket.gets("\n", MAX_REPLY)
    raise ChatError, 'the server closed the connection where a reply was due' unless line&.end_with?("\n")

    line.chomp.tap do |text|
      $stdout.puts text
      $stdout.flush
    end
  end
end

def close(socket)
  socket.close_write
  Timeout.timeout(2) { nil while socket.read(4096) }
rescue SystemCallError, IOError, Timeout::Error
  nil
ensure
  socket.close
end

def main(arguments)
  abort 'usage: client.rb HOST PORT MESSAGEFILE SIGNATUREFILE' unless arguments.size == 4
  host, port, message_file, signature_file = arguments
  abort "client.rb: #{port} is not a port" unless port.match?(/\A\d+\z/) && port.to_i.between?(1, 65_535)
  messages = read_messages(message_file)
  signatures = read_signatures(signature_file)
  if messages.size != signatures.size
    raise ChatError, "#{messages.size} messages, but #{signatures.size} signatures"
  end

  socket = TCPSocket.new(host, port.to_i)
  socket.binmode
  begin
    Client.new(socket).talk(messages, signatures)
  ensure
    close(socket)
  end
rescue ChatError, SystemCallError, SocketError => e
  abort "client.rb: #{e.message}"
end

main(ARGV)

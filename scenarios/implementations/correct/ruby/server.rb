#!/usr/bin/env ruby
# frozen_string_literal: true

# A chat server: server.rb PORT KEYFILE

require 'digest'
require 'socket'
require 'timeout'

# The client did what the protocol does not allow.
class Violation < StandardError; end

# One client, from HELLO to QUIT.
class Conversation
  MAX_COMMAND = 4096
  ESCAPED = /\\([\\.])/n.freeze

  def initialize(socket, keys)
    @socket = socket
    @keys = keys
  end

  def run
    expect 'HELLO'
    reply '260 OK'
    keys = @keys.each
    while expect('DATA', 'QUIT') == 'DATA'
      reply '270 SIG', sign(next_key(keys))
      expect 'PASS', 'FAIL'
      reply '260 OK'
    end
  end

  private

  def next_key(keys)
    keys.next
  rescue StopIteration
    raise Violation, 'there is no key left for a further message'
  end

  def read_line(limit = nil)
    line = @socket.gets("\n", *limit)
    raise Violation, 'the connection ended before QUIT' unless line&.end_with?("\n")

    line = line.chomp
    $stdout.puts line
    line
  end

  def expect(*commands)
    line = read_line(MAX_COMMAND)
    $stdout.flush
    raise Violation, "expected #{commands.join(' or ')}, received #{line.inspect}" unless commands.include?(line)

    line
  end

  def reply(*lines)
    @socket.write(lines.map { |line| "#{line}\n" }.join)
  end

  def sign(key)
    digest = Digest::SHA256.new
    until (line = read_line) == '.'
      digest << line.gsub(ESCAPED, '\1')
    end
    (digest << key).hexdigest
  end
end

def read_keys(path)
  lines = File.binread(path).lines.map { |line| line.sub(/[ \t\r\n]+\z/n, '') }
  raise "#{path}: there is no key in it" if lines.empty?

  lines
end

# Our FIN first, and then the rest of what comes: closing with unread bytes would reset the connection.
def close(socket)
  socket.close_write
  Timeout.timeout(2) { nil while socket.read(65_536) }
rescue SystemCallError, IOError, Timeout::Error
  nil
ensure
  socket.close
end

def main(arguments)
  port, key_file = arguments
  abort 'usage: server.rb PORT KEYFILE' unless arguments.size == 2
  abort "server.rb: #{port} is not a port" unless port.match?(/\A\d+\z/) && port.to_i.between?(1, 65_535)
  $stdout.binmode
  keys = read_keys(key_file)
  listener = TCPServer.new('0.0.0.0', port.to_i)
  socket = listener.accept
  listener.close
  socket.binmode
  begin
    Conversation.new(socket, keys).run
  ensure
    $stdout.flush
    close(socket)
  end
rescue Violation, SystemCallError, RuntimeError => e
  abort "server.rb: #{e.message}"
end

main(ARGV)

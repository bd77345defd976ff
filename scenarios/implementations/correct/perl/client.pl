#!/usr/bin/perl
# A chat client: client.pl HOST PORT MESSAGEFILE SIGNATUREFILE

use strict;
use warnings;

use IO::Socket::IP;

$SIG{PIPE} = 'IGNORE';
binmode STDOUT;
$| = 1;

if (@ARGV != 4) {
    print STDERR "usage: client.pl HOST PORT MESSAGEFILE SIGNATUREFILE\n";
    exit 2;
}
my ($host, $port, $message_file, $signature_file) = @ARGV;

my $socket;
eval {
    die "$port is not a port\n" unless $port =~ /^\d{1,5}$/ && $port > 0 && $port < 65536;
    my @messages = read_messages($message_file);
    my @signatures = read_signatures($signature_file);
    die scalar(@messages), " messages, but ", scalar(@signatures), " signatures\n" if @messages != @signatures;
    $socket = IO::Socket::IP->new(PeerHost => $host, PeerService => $port, Type => SOCK_STREAM)
        or die "$host port $port: $@\n";
    binmode $socket;
    $socket->autoflush(1);
    talk(\@messages, \@signatures);
};
my $problem = $@;
print STDERR "client.pl: $problem" if $problem;
finish() if $socket;
exit($problem ? 1 : 0);

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    my $content = <$file>;
    $content = '' unless defined $content;
    $content =~ s/\r\n/\n/g;
    return $content;
}

sub read_messages {
    my ($path) = @_;
    my $content = slurp($path);
    my @messages;
    pos($content) = 0;
    while (pos($content) < length $content) {
        my $which = "$path: message " . (@messages + 1);
        $content =~ /\G(\d{1,9})\n/gc or die "$which: expected its length alone on a line\n";
        my ($length, $begin) = ($1, pos $content);
        my $text = substr $content, $begin, $length;
        if (length $text == $length) {
            $text =~ s/\n\z// or die "$which: it does not end where its length says\n";
        } elsif (length $text != $length - 1 || $text =~ /\n\z/) {
            die "$which: the file ends within it\n";
        }
        push @messages, $text;
        last if $begin + $length >= length $content;
        pos($content) = $begin + $length;
    }
    die "$path: there is no message in it\n" unless @messages;
    return @messages;
}

sub read_signatures {
    my ($path) = @_;
    my $number = 0;
    my @signatures;
    for (split /\n/, slurp($path)) {
        $number++;
        /^([0-9A-Fa-f]{64})\s*$/ or die "$path:$number: expected 64 hexadecimal digits\n";
        push @signatures, lc $1;
    }
    return @signatures;
}

sub receive {
    my $line = <$socket>;
    die "the server closed the connection where a reply was due\n" unless defined $line && $line =~ s/\r?\n\z//;
    print "$line\n";
    return $line;
}

sub expect {
    my ($reply) = @_;
    my $line = receive();
    die "expected $reply, received '$line'\n" if $line ne $reply;
}

sub send_text {
    print {$socket} @_ or die "sending: $!\n";
}

sub talk {
    my ($messages, $signatures) = @_;
    send_text("HELLO\n");
    expect('260 OK');
    for my $i (0 .. $#$messages) {
        my $text = $messages->[$i];
        $text =~ s/([\\.])/\\$1/g;
        $text .= "\n" if length $text;
        send_text("DATA\n", $text, ".\n");
        expect('270 SIG');
        my $signature = receive();
        die "expected a signature, received '$signature'\n" unless $signature =~ /\A[0-9A-Fa-f]{64}\z/;
        send_text(lc $signature eq $signatures->[$i] ? "PASS\n" : "FAIL\n");
        expect('260 OK');
    }
    send_text("QUIT\n");
}

sub finish {
    shutdown $socket, 1;
    eval {
        local $SIG{ALRM} = sub { die };
        alarm 2;
        1 while sysread $socket, my $rest, 65536;
        alarm 0;
    };
    close $socket;
}

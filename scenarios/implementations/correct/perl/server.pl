#!/usr/bin/perl
# A chat server: server.pl PORT KEYFILE

use strict;
use warnings;

use Digest::SHA;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
binmode STDOUT;
$| = 1;

@ARGV == 2 or usage();
my ($port, $key_file) = @ARGV;
$port =~ /^\d{1,5}$/ && $port > 0 && $port < 65536 or complain("$port is not a port");
my @keys = read_keys($key_file);

my $listener = IO::Socket::INET->new(
    LocalPort => $port,
    Proto     => 'tcp',
    Listen    => 5,
    ReuseAddr => 1,
) or complain("port $port: $@");
my $client = $listener->accept or complain("accept: $!");
$listener->close;
binmode $client;
$client->autoflush(1);

my $good = eval { serve(); 1 };
print STDERR "server.pl: $@" unless $good;
finish();
exit($good ? 0 : 1);

sub usage {
    print STDERR "usage: server.pl PORT KEYFILE\n";
    exit 2;
}

sub complain {
    print STDERR "server.pl: @_\n";
    exit 2;
}

sub read_keys {
    my ($path) = @_;
    open my $file, '<:raw', $path or complain("$path: $!");
    my @lines = <$file>;
    close $file;
    @lines or complain("$path: there is no key in it");
    s/[ \t\r\n]+\z// for @lines;
    return @lines;
}

# The next line without its line end; undef at the end of the stream. perl's own buffering puts segments together.
sub read_line {
    my $line = <$client>;
    return undef unless defined $line && $line =~ s/\r?\n\z//;
    print "$line\n";
    return $line;
}

sub expect {
    my @commands = @_;
    my $line = read_line();
    my $due = join ' or ', @commands;
    die "the connection ended where $due was due\n" unless defined $line;
    return $line if grep { $line eq $_ } @commands;
    die "expected $due, received '$line'\n";
}

sub reply {
    print {$client} map { "$_\n" } @_ or die "sending: $!\n";
}

sub sign {
    my ($key) = @_;
    my $sha = Digest::SHA->new(256);
    local $| = 0;
    while (defined(my $line = read_line())) {
        if ($line eq '.') {
            $sha->add($key);
            return $sha->hexdigest;
        }
        $line =~ s/\\([\\.])/$1/g;
        $sha->add($line);
    }
    die "the connection ended within a message\n";
}

sub serve {
    expect('HELLO');
    reply('260 OK');
    my $used = 0;
    while (expect('DATA', 'QUIT') eq 'DATA') {
        die "there is no key left for a further message\n" if $used == @keys;
        reply('270 SIG', sign($keys[$used++]));
        expect('PASS', 'FAIL');
        reply('260 OK');
    }
}

# Our FIN, and then what still comes, for a while: closing with unread bytes would reset the connection.
sub finish {
    shutdown $client, 1;
    eval {
        local $SIG{ALRM} = sub { die };
        alarm 2;
        1 while sysread $client, my $rest, 65536;
        alarm 0;
    };
    close $client;
}

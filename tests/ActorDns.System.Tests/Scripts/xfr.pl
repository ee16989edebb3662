# usage: xfr.pl PORT ZONE KEYFILE [NAME TYPE]: a TSIG-signed AXFR, or one answer, checked by Net::DNS and printed as a master file
use strict;
use warnings;
use Net::DNS;

my ($port, $zone, $keyfile, $name, $type) = @ARGV;
my $resolver = Net::DNS::Resolver->new(nameservers => ['127.0.0.1'], port => $port, recurse => 0, tcp_timeout => 100);
if ($type) {
    my $query = Net::DNS::Packet->new($name, $type);
    $query->sign_tsig($keyfile);
    my $reply = $resolver->send($query) or die 'no reply: ', $resolver->errorstring, "\n";
    $reply->verify($query) or die 'not verified: ', $reply->verifyerr, "\n";
    print 'verified ', $reply->header->rcode, "\n";
    print $_->plain, "\n" for $reply->answer;
    exit 0;
}
$resolver->tsig($keyfile);
my @records = $resolver->axfr($zone) or die 'transfer failed: ', $resolver->errorstring, "\n";
print $_->plain, "\n" for @records;

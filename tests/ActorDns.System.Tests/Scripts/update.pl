# usage: update.pl PORT KEYFILE NAME ADDRESS [OLD]: adds an address under a name of the zone "example" that is not in use, or replaces the
# address OLD of it, with Net::DNS; prints the rcode of the reply, which was verified
use strict;
use warnings;
use Net::DNS;

my ($port, $keyfile, $name, $address, $old) = @ARGV;
my $resolver = Net::DNS::Resolver->new(nameservers => ['127.0.0.1'], port => $port, recurse => 0);
my $update = Net::DNS::Update->new('example');
if ($old) {
    $update->push(pre => yxrrset("$name. A $old"));
    $update->push(update => rr_del("$name. A $old"));
} else {
    $update->push(pre => nxdomain("$name."));
}
$update->push(update => rr_add("$name. 60 A $address"));
$update->sign_tsig($keyfile);
my $reply = $resolver->send($update) or die 'no reply: ', $resolver->errorstring, "\n";
$reply->verify($update) or die 'not verified: ', $reply->verifyerr, "\n";
print 'verified ', $reply->header->rcode, "\n";

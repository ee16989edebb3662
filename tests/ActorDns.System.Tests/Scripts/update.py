# usage: update.py PORT KEYNAME ALGORITHM SECRET COUNT [PREREQUISITE]: adds COUNT addresses to the zone "example" in one TSIG-signed message
# over TCP, if PREREQUISITE (a name) is not in use; prints the rcode of the reply, which dnspython has verified
import sys
import dns.query, dns.rcode, dns.tsigkeyring, dns.update

port, name, algorithm, secret, count = sys.argv[1:6]
ring = dns.tsigkeyring.from_text({name: (algorithm, secret)})
update = dns.update.UpdateMessage('example.', keyring=ring, keyname=name, keyalgorithm=algorithm)
if len(sys.argv) > 6:
    update.absent(sys.argv[6])
for i in range(int(count)):
    update.add(f'p{i}', 60, 'A', f'198.51.{i >> 8}.{i & 255}')
reply = dns.query.tcp(update, '127.0.0.1', port=int(port), timeout=60)
print('verified' if reply.had_tsig else 'unsigned', dns.rcode.to_text(reply.rcode()), len(update.to_wire()))

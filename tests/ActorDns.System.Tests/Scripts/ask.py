# usage: ask.py PORT NAME TYPE KEYNAME ALGORITHM SECRET [SKEW]: one TSIG-signed query, checked by dnspython, its clock SKEW seconds off
import sys, time
import dns.exception, dns.flags, dns.message, dns.query, dns.rcode, dns.tsig, dns.tsigkeyring

port, owner, rtype, name, algorithm, secret = sys.argv[1:7]
skew = int(sys.argv[7]) if len(sys.argv) > 7 else 0
true_time = time.time
ring = dns.tsigkeyring.from_text({name: (algorithm, secret)})
query = dns.message.make_query(owner, rtype)
query.use_tsig(ring, name, algorithm=algorithm)
if skew:
    time.time = lambda: true_time() + skew
wire = query.to_wire()
time.time = true_time
try:
    with dns.query.socket_factory(dns.query.socket.AF_INET, dns.query.socket.SOCK_DGRAM, 0) as s:
        s.setblocking(False)
        s.sendto(wire, ('127.0.0.1', int(port)))
        expiration = time.time() + 20
        reply, _, _ = dns.query.receive_udp(s, None, expiration, ignore_unexpected=True,
                                            keyring=query.keyring, request_mac=query.mac)
    print('verified', reply.had_tsig, dns.rcode.to_text(reply.rcode()))
    print('\n'.join(rrset.to_text() for rrset in reply.answer))
except dns.tsig.PeerError as error:
    print('peer', type(error).__name__)
except dns.exception.DNSException as error:
    print('unverified', type(error).__name__, error)

# usage: xfr.py PORT ZONE KEYNAME ALGORITHM SECRET: prints a TSIG-signed AXFR as a master file, checked by dnspython
import sys
import dns.name, dns.query, dns.rdatatype, dns.tsigkeyring, dns.versioned, dns.xfr, dns.zone

port, origin, name, algorithm, secret = sys.argv[1:6]
ring = dns.tsigkeyring.from_text({name: (algorithm, secret)})
zone = dns.versioned.Zone(origin)
query, _ = dns.xfr.make_query(zone, keyring=ring, keyname=name, keyalgorithm=algorithm)
query.question[0].rdtype = dns.rdatatype.AXFR
query.authority.clear()
dns.query.inbound_xfr('127.0.0.1', zone, query=query, port=int(port), lifetime=900)
zone.to_file(sys.stdout, relativize=False)

$ORIGIN solvethenetwork.com.
$TTL 1h
@	IN SOA	sw-infrarunbook-01 infrarunbook-admin (
		2026112301	; serial
		1h		; refresh
		15m		; retry
		2w		; expire
		5m )		; negative answers
	IN NS	sw-infrarunbook-01
	IN NS	sw-infrarunbook-02
	IN MX	10 mail
	IN TXT	"v=spf1 mx -all"
sw-infrarunbook-01	IN A	192.168.10.10
sw-infrarunbook-02	IN A	192.168.10.11
mail	IN A	192.168.10.20
www	IN A	192.168.10.30
	IN AAAA	2001:db8:10::30
intranet	IN CNAME www
*.apps	300 IN A	192.168.10.40
_ldap._tcp	IN SRV	0 5 389 sw-infrarunbook-01
$GENERATE 100-109 host-$ A 192.168.10.$

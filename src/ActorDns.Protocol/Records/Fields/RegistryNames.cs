
namespace ActorDns.Protocol.Records.Fields;

/// <summary>Names that zone files use for numbers in DNSSEC, CERT and WKS records.</summary>
internal static class RegistryNames
{
    /// <summary>DNSSEC algorithm numbers (RFC 4034 §A.1), as BIND names them.</summary>
    public static readonly MnemonicTable Algorithms = new(
        ("RSAMD5", 1),
        ("DH", 2),
        ("DSA", 3),
        ("RSASHA1", 5),
        ("NSEC3DSA", 6),
        ("DSA-NSEC3-SHA1", 6),
        ("NSEC3RSASHA1", 7),
        ("RSASHA1-NSEC3-SHA1", 7),
        ("RSASHA256", 8),
        ("RSASHA512", 10),
        ("ECCGOST", 12),
        ("ECC-GOST", 12),
        ("ECDSAP256SHA256", 13),
        ("ECDSAP384SHA384", 14),
        ("ED25519", 15),
        ("ED448", 16),
        ("INDIRECT", 252),
        ("PRIVATEDNS", 253),
        ("PRIVATEOID", 254));

    /// <summary>DS digest types (RFC 4034 §A.2).</summary>
    public static readonly MnemonicTable DigestTypes = new(
        ("SHA-1", 1),
        ("SHA1", 1),
        ("SHA-256", 2),
        ("SHA256", 2),
        ("GOST", 3),
        ("SHA-384", 4),
        ("SHA384", 4));

    /// <summary>Certificate types (RFC 4398 §2.1).</summary>
    public static readonly MnemonicTable CertificateTypes = new(
        ("PKIX", 1),
        ("SPKI", 2),
        ("PGP", 3),
        ("IPKIX", 4),
        ("ISPKI", 5),
        ("IPGP", 6),
        ("ACPKIX", 7),
        ("IACPKIX", 8),
        ("URI", 253),
        ("OID", 254));

    /// <summary>Protocols that WKS is used with (RFC 1035 §3.4.2).</summary>
    public static readonly MnemonicTable Protocols = new(("ICMP", 1), ("TCP", 6), ("UDP", 17));

    /// <summary>Services that WKS is used with; others are given by port number.</summary>
    public static readonly MnemonicTable Services = new(
        ("echo", 7),
        ("discard", 9),
        ("daytime", 13),
        ("chargen", 19),
        ("ftp-data", 20),
        ("ftp", 21),
        ("ssh", 22),
        ("telnet", 23),
        ("smtp", 25),
        ("time", 37),
        ("nameserver", 42),
        ("whois", 43),
        ("domain", 53),
        ("tftp", 69),
        ("gopher", 70),
        ("finger", 79),
        ("http", 80),
        ("www", 80),
        ("kerberos", 88),
        ("hostname", 101),
        ("pop3", 110),
        ("sunrpc", 111),
        ("nntp", 119),
        ("ntp", 123),
        ("imap2", 143),
        ("imap", 143),
        ("snmp", 161),
        ("https", 443));
}

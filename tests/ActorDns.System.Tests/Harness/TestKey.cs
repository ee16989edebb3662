using System.Security.Cryptography;
using System.Text;

namespace ActorDns.System.Tests.Harness;

/// <summary>A TSIG key that both ends of a test know.</summary>
public sealed record TestKey(string Name, string Algorithm, string Secret)
{
    /// <summary>Every algorithm that dig and BIND know.</summary>
    public static readonly string[] Algorithms =
        ["hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"];

    /// <summary>As <c>dig -y</c>, <c>kdig -y</c> want it.</summary>
    public string ForDig => $"{Algorithm}:{Name}:{Secret}";

    /// <summary>As <c>drill -y</c> wants it.</summary>
    public string ForDrill => $"{Name}:{Secret}:{(Algorithm == "hmac-md5" ? "hmac-md5.sig-alg.reg.int" : Algorithm)}";

    /// <summary>The same key with another secret of the same length.</summary>
    public TestKey WithWrongSecret => this with { Secret = SecretFor("wrong " + Name) };

    public static TestKey Create(string name, string algorithm = "hmac-sha256") => new(name, algorithm, SecretFor(name));

    /// <summary>The block for <c>named.conf</c>, <c>dig -k</c> and <c>nsupdate -k</c>.</summary>
    public string ToNamedConf() => $"key \"{Name}\" {{\n\talgorithm {Algorithm};\n\tsecret \"{Secret}\";\n}};\n";

    private static string SecretFor(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

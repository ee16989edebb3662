namespace ActorDns.Configuration.Tests;

/// <summary>Mutated configurations: the loader always comes back with diagnostics or a model, never with an exception.</summary>
public sealed class FuzzTests
{
    private const int Mutants = 20_000;
    private const int Seed = 20_260_101;

    private static readonly string[] Fragments =
    [
        "{", "}", ";", "\"", "!", "/", "*/", "/*", "#", "key", "any", "10/8", "::1", "port 53", "4294967296", "-1", "\0", "\u00e9",
        "zone z { type primary; file \"z\"; };", "include \"named.conf\";", "options {", "view v {", "acl a { a; };", "{{{{{{{{", "%",
        "P1Y", "1h", "unlimited", "in-view v;", "tls ephemeral", "secret \"\";", "algorithm hmac-sha256-;", "A(1)",
    ];

    [Fact]
    public void Mutated_configuration_never_makes_the_loader_throw()
    {
        string[] corpus = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.conf", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length is > 0 and < 3000)];
        Random random = new(Seed);
        for (int i = 0; i < Mutants; i++)
        {
            string text = Mutate(corpus[random.Next(corpus.Length)], corpus, random);
            try
            {
                LoadResult result = MemoryConfigSource.Load(text);
                _ = result.Tree.Print(hideSecrets: true);
                if (result.Model is null)
                    Assert.NotEmpty(result.Diagnostics);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, mutant {i}: {error}\n{text}");
            }
        }
    }

    private static string Mutate(string text, string[] corpus, Random random)
    {
        for (int round = random.Next(1, 5); round > 0; round--)
        {
            int at = random.Next(text.Length + 1);
            int length = random.Next(Math.Min(20, text.Length - at + 1));
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => text.Insert(at, text.Substring(at, length)),
                3 => string.Concat(text.AsSpan(0, at), corpus[random.Next(corpus.Length)]),
                _ => text.Remove(at, length).Insert(at, new string((char)random.Next(1, 127), random.Next(1, 3))),
            };
        }

        return text;
    }
}

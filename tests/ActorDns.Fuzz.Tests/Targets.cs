using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorDns.Configuration;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Control;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Security;
using ActorDns.Protocol.Text;

namespace ActorDns.Fuzz.Tests;

/// <summary>One function for each parser, of the shape that any fuzz driver can call; an input is fine when it does not throw.</summary>
internal static class Targets
{
    private static readonly byte[] Rdata = new byte[ushort.MaxValue];

    private static readonly TsigKey[] ControlKeys =
        [.. TsigAlgorithm.All.Select(algorithm => new TsigKey(DomainName.Parse("k."), algorithm, new TsigSecret(new byte[32])))];

    public static void Scan(ReadOnlySpan<byte> input) => MessageScan.TryScan(input, out _);

    public static void Names(ReadOnlySpan<byte> input)
    {
        Span<byte> name = stackalloc byte[WireName.MaxBytes];
        for (int start = 0; start < Math.Min(input.Length, 64); start++)
        {
            MessageReader reader = new(input);
            reader.Seek(start);
            ParseError error = reader.TryReadName(name, out int length);
            if (error == ParseError.None)
                Assert.InRange(length, 1, WireName.MaxBytes);
            else
                Assert.Equal(start, reader.Position);
            reader.Seek(start);
            reader.TrySkipName();
        }
    }

    /// <summary>What a format reads it also finds valid, prints on one line and brings into canonical form.</summary>
    public static void Records(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        RecordFormat format = RecordFormats.All[input[0] % RecordFormats.All.Count];
        MessageReader reader = new(input);
        reader.Seek(1);
        if (format.TryReadWire(ref reader, input.Length - 1, Rdata, out int length) != ParseError.None)
            return;
        Assert.Equal(ParseError.None, format.Validate(Rdata.AsSpan(0, length)));
        StringBuilder text = new();
        format.AppendText(text, Rdata.AsSpan(0, length));
        Assert.DoesNotContain('\n', text.ToString());
        byte[] canonical = new byte[length];
        Assert.InRange(format.WriteCanonical(Rdata.AsSpan(0, length), canonical), 0, length);
    }

    public static void Edns(ReadOnlySpan<byte> input)
    {
        EdnsReader.TryReadRequest(input, 0, isStream: true, out _);
        EdnsReader.TryReadRequest(input, 0, isStream: false, out _);
        EdnsReader.TryReadResponse(input, 0, isStream: false, out _);
    }

    public static void Tsig(ReadOnlySpan<byte> input)
    {
        TsigLocator.TryLocate(input, out _);
        TsigVerifier.VerifyRequest(input, 1_700_000_000, Keys, out _);
        Span<byte> name = stackalloc byte[WireName.MaxBytes];
        for (int offset = 0; offset < Math.Min(input.Length, 80); offset++)
            TsigRecord.TryRead(input, offset, name, out _);
    }

    public static void Configuration(ReadOnlySpan<byte> input)
    {
        LoadResult result = ConfigLoader.Load("/named.conf", new TextSource(Encoding.UTF8.GetString(input)));
        _ = result.Tree.Print(hideSecrets: true);
    }

    public static void MasterFile(ReadOnlySpan<byte> input)
    {
        MasterFileReader<CountingSink> reader = new(NoFiles.Instance, DomainName.Parse("example."), new CountingSink())
        {
            MaxGeneratedRecords = 1000,
        };
        bool read = reader.Read(new MemoryStream(input.ToArray()), "fuzz");
        Assert.Equal(read, reader.ErrorCount == 0);
    }

    /// <summary>Messages by the front door, and their tables behind the signature; a table that was read is written and read alike.</summary>
    public static void Control(ReadOnlySpan<byte> input)
    {
        ControlMessage.TryRead(input, ControlKeys, out _, out _);
        ReadOnlySpan<byte> tables = input.Length > sizeof(uint) ? input[sizeof(uint)..] : input;
        if (ControlReader.TryReadTable(tables, out ControlTable table) != ControlFault.None)
            return;
        List<byte> written = [];
        ControlWriter.Append(written, table);
        Assert.Equal(ControlFault.None, ControlReader.TryReadTable([.. written], out ControlTable again));
        Assert.Equal(table.Entries.Select(entry => entry.Key), again.Entries.Select(entry => entry.Key));
    }

    private static TsigKeyRing Keys { get; } = new(
        [new TsigKey(DomainName.Parse("key.example."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]))]);

    private sealed class TextSource(string text) : IConfigSource
    {
        public string WorkingDirectory => "/";

        public string? ReadFile(string absolutePath) => absolutePath == "/named.conf" ? text : null;

        public IReadOnlyList<string> Glob(string absolutePattern) => [];

        public bool DirectoryExists(string absolutePath) => true;
    }

    private sealed class NoFiles : IMasterFileSource
    {
        public static readonly NoFiles Instance = new();

        public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
        {
            content = null;
            reason = "no file";
            return false;
        }
    }

    private struct CountingSink : IMasterFileSink
    {
        private int _seen;

        public void Record(in MasterFileRecord record) => _seen += record.Rdata.Length;

        public void Problem(MasterFileProblem problem) => _seen += problem.Message.Length;
    }
}

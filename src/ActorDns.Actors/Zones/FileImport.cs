using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Text;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Reads master files and remembers a digest of everything that was read, included files too: by it the store knows a file that has not
/// changed since it was imported.
/// </summary>
/// <param name="source">Opens the files.</param>
internal sealed class FileImport(IMasterFileSource source) : IMasterFileSource
{
    private readonly List<byte[]> _digests = [];

    /// <summary>True when more than one file was read.</summary>
    public bool HasIncludes => _digests.Count > 1;

    /// <inheritdoc/>
    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        if (!source.TryOpen(path, out content, out reason))
            return false;
        if (!content.CanSeek)
            return true; // A pipe can be read once only; such a zone is compared record by record.
        _digests.Add(SHA256.HashData(content));
        content.Position = 0;
        return true;
    }

    /// <summary>What was read, under the serial that it holds; null when nothing can be told of it.</summary>
    public ImportedFile? Of(Serial serial) => _digests.Count switch
    {
        0 => null,
        1 => new ImportedFile(_digests[0], serial),
        _ => new ImportedFile(SHA256.HashData(_digests.SelectMany(static digest => digest).ToArray()), serial),
    };

    /// <summary>True when both tell of the same content.</summary>
    public static bool IsSame(ImportedFile? left, ImportedFile? right) =>
        left is not null && right is not null && left.Hash.Span.SequenceEqual(right.Hash.Span);
}

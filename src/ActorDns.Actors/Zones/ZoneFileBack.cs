using System.Security.Cryptography;
using System.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Writes a zone to its file so that a reader sees the old content or the new, whatever happens meanwhile; and then, in the same way, which
/// version of the store that is. In between the state is one of another file, and of no use.
/// </summary>
/// <param name="file">The zone file.</param>
/// <param name="style">How it is written.</param>
internal sealed class ZoneFileBack(string file, ZoneFileStyle style)
{
    /// <summary>What the state file is to say, but for the hash; null where the version is not in a store.</summary>
    public LocalCheckpoint? State { get; init; }

    /// <summary>The file that has the serial that is served already; null when none was read or written under it.</summary>
    public ImportedFile? Known { get; init; }

    /// <summary>Writes what there is to be written. Blocks; ends the lease.</summary>
    public ZoneCommand.FileWritten Write(SnapshotLease lease)
    {
        using (lease)
        {
            ZoneCommand.FileWritten written = new(file, lease.Snapshot.Serial, null, null) { Version = State?.Head.Version ?? 0 };
            try
            {
                if (Known is not null && (IsKept() || !IsOwn()))
                    return written with { IsUnchanged = true };
                ImportedFile import = new(Replace(file, text => ZoneFileWriter.Write(lease.Snapshot, text, style)), lease.Snapshot.Serial);
                WriteState(import);
                return written with { Import = import };
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return written with { Reason = failure.Message };
            }
        }
    }

    /// <summary>True when the file is the known one; then its state is brought up to date.</summary>
    private bool IsKept()
    {
        if (!File.Exists(file) || !FileImport.IsSame(Known, Read()))
            return false;
        WriteState(Known!);
        return true;
    }

    /// <summary>True when the file is one that was written here, or is gone: any other is an operator's, and stays.</summary>
    private bool IsOwn() => !File.Exists(file) || LocalCheckpoint.Read(file, out _) is { } state && state.IsOf(Read());

    private ImportedFile Read()
    {
        using FileStream stream = File.OpenRead(file);
        return new ImportedFile(SHA256.HashData(stream), default);
    }

    private void WriteState(ImportedFile import)
    {
        if (State is { } state)
            Replace(LocalCheckpoint.PathOf(file), text => text.Write((state with { Hash = import.Hash }).ToString()));
    }

    /// <summary>Writes beside a file, makes that durable, and takes the file's place. Gives the hash.</summary>
    private static byte[] Replace(string path, Action<TextWriter> write)
    {
        string temporary = $"{path}.{Environment.ProcessId:x}.new";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                using (StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true))
                    write(text);
                stream.Flush(flushToDisk: true);
            }

            byte[] hash = SHA256.HashData(File.ReadAllBytes(temporary));
            File.Move(temporary, path, overwrite: true);
            return hash;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }
}

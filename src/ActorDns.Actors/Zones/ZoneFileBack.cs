using System.Security.Cryptography;
using System.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>Writes a zone to its file so that a reader sees the old content or the new, whatever happens meanwhile.</summary>
internal static class ZoneFileBack
{
    /// <summary>Writes beside the file, makes that durable, and takes the file's place. Blocks; ends the lease.</summary>
    public static ZoneCommand.FileWritten Write(SnapshotLease lease, string file, ZoneFileStyle style)
    {
        using (lease)
        {
            string temporary = $"{file}.{Environment.ProcessId:x}.new";
            try
            {
                using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
                {
                    using (StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true))
                        ZoneFileWriter.Write(lease.Snapshot, text, style);
                    stream.Flush(flushToDisk: true);
                }

                ImportedFile import = new(SHA256.HashData(File.ReadAllBytes(temporary)), lease.Snapshot.Serial);
                File.Move(temporary, file, overwrite: true);
                return new ZoneCommand.FileWritten(file, lease.Snapshot.Serial, import, null);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                File.Delete(temporary);
                return new ZoneCommand.FileWritten(file, default, null, failure.Message);
            }
        }
    }
}

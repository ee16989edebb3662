using System.Security.Cryptography;
using System.Text;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>
/// Secrets on the control channel, which is signed and not encrypted: AES-GCM under a key that both sides derive from the channel's own,
/// so
/// that neither the wire nor a log line shows them. Base64 of nonce, text and tag.
/// </summary>
internal static class ControlSecrets
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int CipherKeyBytes = 32;

    /// <summary>Seals a text for the other side of a channel; <paramref name="purpose"/> says which command it belongs to.</summary>
    public static string Seal(TsigKey channel, string purpose, string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        byte[] made = new byte[NonceBytes + octets.Length + TagBytes];
        RandomNumberGenerator.Fill(made.AsSpan(0, NonceBytes));
        using AesGcm cipher = Cipher(channel);
        cipher.Encrypt(
            made.AsSpan(0, NonceBytes),
            octets,
            made.AsSpan(NonceBytes, octets.Length),
            made.AsSpan(NonceBytes + octets.Length),
            Encoding.ASCII.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(octets);
        return Convert.ToBase64String(made);
    }

    /// <summary>
    /// Opens what the other side has sealed; null when it was not sealed with this channel's key, or for something else.
    /// </summary>
    public static string? Open(TsigKey channel, string purpose, string sealedText)
    {
        byte[] octets = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText, octets, out int length) || length < NonceBytes + TagBytes)
            return null;
        byte[] opened = new byte[length - NonceBytes - TagBytes];
        try
        {
            using AesGcm cipher = Cipher(channel);
            cipher.Decrypt(
                octets.AsSpan(0, NonceBytes),
                octets.AsSpan(NonceBytes, opened.Length),
                octets.AsSpan(NonceBytes + opened.Length, TagBytes),
                opened,
                Encoding.ASCII.GetBytes(purpose));
            return Encoding.UTF8.GetString(opened);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(TsigKey channel) => new(
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            channel.Secret.Octets.ToArray(),
            CipherKeyBytes,
            info: "actordns control channel secrets"u8.ToArray()),
        TagBytes);
}

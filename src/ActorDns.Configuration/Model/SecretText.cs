namespace ActorDns.Configuration.Model;

/// <summary>Base64 (RFC 4648 §4) as key statements write it: blanks may stand within, padding is required.</summary>
internal static class SecretText
{
    private const int MostOctets = 1024;

    public static bool TryDecode(string text, out byte[] octets)
    {
        octets = [];
        byte[] buffer = new byte[MostOctets];
        if (!Convert.TryFromBase64String(text, buffer, out int length))
            return false;
        octets = buffer[..length];
        Array.Clear(buffer);
        return true;
    }
}

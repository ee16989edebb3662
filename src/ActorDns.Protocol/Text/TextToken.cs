namespace ActorDns.Protocol.Text;

/// <summary>One word of a master file by place (RFC 1035 §5.1), its escapes still in it.</summary>
/// <param name="Start">Offset of its first octet in the text; of a quoted word, the one after the quote.</param>
/// <param name="Length">Octets, quotes not counted.</param>
/// <param name="Quoted">True when it stood in double quotes.</param>
public readonly record struct TextToken(int Start, int Length, bool Quoted);

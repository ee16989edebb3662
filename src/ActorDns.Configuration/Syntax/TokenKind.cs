namespace ActorDns.Configuration.Syntax;

internal enum TokenKind
{
    End,
    Special,
    Word,
    Quoted,
}

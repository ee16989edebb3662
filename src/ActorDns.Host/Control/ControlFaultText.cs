namespace ActorDns.Host.Control;

/// <summary>Faults in the words that operators know from BIND's log.</summary>
internal static class ControlFaultText
{
    public static string Of(ControlFault fault) => fault switch
    {
        ControlFault.UnexpectedEnd => "unexpected end of input",
        ControlFault.Syntax => "syntax error",
        ControlFault.UnknownVersion => "unknown version",
        ControlFault.TooDeep => "max depth",
        ControlFault.BadAuth => "bad auth",
        ControlFault.ClockSkew => "clock skew",
        ControlFault.Expired => "expired",
        ControlFault.Duplicate => "duplicate",
        _ => "success",
    };
}

namespace ActorDns.Configuration.Model;

/// <summary>How a zone is written as text.</summary>
public enum MasterFileStyle
{
    /// <summary>With names relative to an origin.</summary>
    Relative,

    /// <summary>One whole record a line.</summary>
    Full,
}

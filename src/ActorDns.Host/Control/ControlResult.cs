namespace ActorDns.Host.Control;

/// <summary>
/// The outcome of a command: a text, which is what counts, and a number, which rndc shows with <c>-r</c> by a table of its own. The numbers
/// are those of BIND 9.18.
/// </summary>
/// <param name="Number">The number.</param>
/// <param name="Text">What rndc prints behind "failed:".</param>
internal sealed record ControlResult(int Number, string Text)
{
    public static readonly ControlResult Success = new(0, "success");
    public static readonly ControlResult NoPermission = new(6, "permission denied");
    public static readonly ControlResult Exists = new(18, "already exists");
    public static readonly ControlResult NoSpace = new(19, "ran out of space");
    public static readonly ControlResult NotFound = new(23, "not found");
    public static readonly ControlResult UnexpectedEnd = new(24, "unexpected end of input");
    public static readonly ControlResult Failure = new(25, "failure");
    public static readonly ControlResult NotImplemented = new(27, "not implemented");
    public static readonly ControlResult UnexpectedToken = new(32, "unexpected token");
    public static readonly ControlResult FileNotFound = new(38, "file not found");
    public static readonly ControlResult Range = new(41, "out of range");
    public static readonly ControlResult BadNumber = new(56, "not a valid number");
    public static readonly ControlResult Multiple = new(62, "multiple");
    public static readonly ControlResult EmptyLabel = new(77, "empty label");
    public static readonly ControlResult Unknown = new(80, "unknown class/type");
    public static readonly ControlResult Syntax = new(89, "syntax error");
    public static readonly ControlResult NotLoaded = new(123, "zone not loaded");
    public static readonly ControlResult AlreadyFrozen = new(154, "already frozen");
    public static readonly ControlResult DynamicZone = new(171, "dynamic zone");
    public static readonly ControlResult UnknownCommand = new(172, "unknown command");
    public static readonly ControlResult NotPrimary = new(178, "not primary");
    public static readonly ControlResult NotDynamic = new(181, "not dynamic");
}

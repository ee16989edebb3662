namespace ActorDns.Flood.Servers;

/// <summary>This server as it is published, its journal in SQLite with full sync.</summary>
internal sealed class ActorDnsKind(string programPath) : ServerKind
{
    public override string Name => Ours;

    public override string Program => programPath;

    public override bool NotifiesAtOnce => true;

    public override string[] Prepare(Scene scene, string folder, int port, int cores)
    {
        string[] program = Path.GetExtension(Program) == ".dll" ? ["dotnet", Program] : [Program];
        return [.. program, "named", "-f", "-n", Text(cores), "-c", NamedConf.Write(scene, folder, port)];
    }
}

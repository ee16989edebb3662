namespace ActorDns.Flood.Servers;

/// <summary>BIND 9, its journal in files that are synced.</summary>
internal sealed class BindKind : ServerKind
{
    public override string Name => "BIND";

    public override string Program => "/usr/sbin/named";

    public override bool NotifiesAtOnce => true;

    public override string Package => "bind9";

    public override string[] Prepare(Scene scene, string folder, int port, int cores) =>
        [Program, "-f", "-n", Text(cores), "-c", NamedConf.Write(scene, folder, port)];
}

using System.Xml.Linq;

namespace ActorDns.Tidy;

public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ActorDns.Protocol"] = [],
        ["ActorDns.Kernel"] = [],
        ["ActorDns.Zones"] = ["ActorDns.Protocol"],
        ["ActorDns.Configuration"] = ["ActorDns.Protocol"],
        ["ActorDns.Storage"] = ["ActorDns.Zones"],
        ["ActorDns.Actors"] = ["ActorDns.Kernel", "ActorDns.Zones", "ActorDns.Storage"],
        ["ActorDns.Server"] = ["ActorDns.Kernel", "ActorDns.Zones"],
        ["ActorDns.Host"] =
        [
            "ActorDns.Protocol", "ActorDns.Zones", "ActorDns.Configuration", "ActorDns.Kernel", "ActorDns.Storage",
            "ActorDns.Actors", "ActorDns.Server",
        ],
    };

    [Fact]
    public void Source_projects_refer_only_where_the_architecture_lets_them()
    {
        List<string> findings = [];
        foreach (string path in Repository.SourceFiles("src", "*.csproj"))
        {
            string project = Path.GetFileNameWithoutExtension(path);
            if (!Allowed.TryGetValue(project, out string[]? allowed))
            {
                findings.Add($"{Repository.Relative(path)}: unknown project, add it to docs/ARCHITECTURE.md and here");
                continue;
            }

            foreach (XElement reference in XDocument.Load(path).Descendants("ProjectReference"))
            {
                string target = Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));
                if (!allowed.Contains(target))
                    findings.Add($"{Repository.Relative(path)}: refers to {target}, which the architecture does not allow");
            }
        }

        Repository.AssertEmpty(findings);
    }

    [Fact]
    public void Every_project_of_the_architecture_exists_and_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "ActorDns.sln"));
        Repository.AssertEmpty(Allowed.Keys
            .Where(project => !File.Exists(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
                || !solution.Contains(project, StringComparison.Ordinal))
            .Select(project => $"{project}: missing from src or from ActorDns.sln"));
    }

    [Fact]
    public void Libraries_below_the_host_use_no_packages()
    {
        string[] mayUsePackages = ["ActorDns.Host", "ActorDns.Storage"];
        Repository.AssertEmpty(Repository.SourceFiles("src", "*.csproj")
            .Where(path => !mayUsePackages.Contains(Path.GetFileNameWithoutExtension(path)))
            .Where(path => XDocument.Load(path).Descendants("PackageReference").Any())
            .Select(path => $"{Repository.Relative(path)}: has a package reference; only Host and Storage may"));
    }

    [Fact]
    public void No_project_overrides_the_shared_properties()
    {
        string[] shared = ["TreatWarningsAsErrors", "Nullable", "LangVersion", "TargetFramework", "NoWarn", "WarningsNotAsErrors"];
        Repository.AssertEmpty(
            from path in Repository.SourceFiles("src", "*.csproj").Concat(Repository.SourceFiles("tests", "*.csproj"))
            from element in XDocument.Load(path).Descendants()
            where shared.Contains(element.Name.LocalName)
            select $"{Repository.Relative(path)}: sets {element.Name.LocalName}, which belongs to Directory.Build.props");
    }
}

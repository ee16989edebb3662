# Three nodes on this machine that are one nameserver. Options go on to the command: ./run-cluster.ps1 --nodes 5
Set-Location $PSScriptRoot
dotnet run -c Release --project src/ActorDns.Host -- cluster up @args
exit $LASTEXITCODE

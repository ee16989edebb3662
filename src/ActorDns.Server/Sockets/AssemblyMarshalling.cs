using System.Runtime.CompilerServices;

// Every native signature of this assembly is blittable, so that a call costs a transition and nothing else.
[assembly: DisableRuntimeMarshalling]

// Every test of this assembly starts servers: two at a time are what a small machine bears.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

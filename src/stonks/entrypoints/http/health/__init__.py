"""For load balancers and monitors: alive, ready, measured."""

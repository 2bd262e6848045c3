package io.teahouse.cluster;

/** A message of this package to another node: a record, listed in {@code message-types.txt}. */
interface ClusterMessage {}

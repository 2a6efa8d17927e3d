package dev.sluice.loss;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sets of roles that are iterated in the order of the enum: that of {@code Set.of} changes from one
 * start to the next, and with it the last bits of whatever is summed along it.
 */
final class Roles {
  /** The embeddings of both views. */
  static final Set<Role> EMBEDDINGS = of(Role.EMBEDDING0, Role.EMBEDDING1);

  /** Anchors, positives and negatives. */
  static final Set<Role> TRIPLES = of(Role.EMBEDDING0, Role.EMBEDDING1, Role.NEGATIVE);

  private Roles() {}

  static Set<Role> of(Role first, Role... others) {
    return Collections.unmodifiableSet(EnumSet.of(first, others));
  }
}

package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.data.Gaussian;
import dev.sluice.data.GaussianClasses;
import dev.sluice.data.GrowingBlobs;
import dev.sluice.data.Hypercube;
import dev.sluice.data.LatentBox;
import dev.sluice.data.LatentSphere;
import dev.sluice.data.LatentTree;
import dev.sluice.data.Mixing;
import dev.sluice.data.ShiftedPatch;
import dev.sluice.data.SparseCoding;

/** Every kind of drawn pairs, with the settings of its system. */
enum DrawnSystem {
  TREE {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new TreePairs(backend, seed, new LatentTree(seed, 5, 0.8), 1);
    }
  },
  TREE_WITH_MANY_NEGATIVES {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new TreePairs(backend, seed, new LatentTree(seed, 2, 0.5), 3);
    }
  },
  GAUSSIAN {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return NoisyPairs.of(backend, seed, new Gaussian(seed, 30), 0.5);
    }
  },
  SPARSE_CODES {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      double[] probabilities = SparseCoding.equalProbabilities(30, 3);
      return NoisyPairs.of(backend, seed, new SparseCoding(seed, 30, probabilities, 0.01), 0.2);
    }
  },
  CUBE {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new CubePairs(backend, seed, new Hypercube(seed, 10, 3, 0.25));
    }
  },
  PATCH {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new PatchPairs(backend, seed, new ShiftedPatch(seed, 12), 0.3);
    }
  },
  CLASSES {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      double norm = 1.6 * Math.sqrt(10) / 2;
      return NoisyPairs.labelled(backend, seed, new GaussianClasses(seed, norm, 2, 0.3), 0.5);
    }
  },
  SPHERE {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new ConditionalPairs(backend, new LatentSphere(seed, 4, 10), new Mixing(seed, 4));
    }
  },
  LAPLACE_BOX {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      LatentBox box = new LatentBox(seed, 3, LatentBox.Law.LAPLACE, 0.15);
      return new ConditionalPairs(backend, box, new Mixing(seed, 3));
    }
  },
  NORMAL_BOX {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      LatentBox box = new LatentBox(seed, 3, LatentBox.Law.NORMAL, 0.1);
      return new ConditionalPairs(backend, box, new Mixing(seed, 3));
    }
  },
  BLOBS {
    @Override
    DrawnPairs open(Backend backend, long seed) {
      return new GrowthPairs(backend, seed, new GrowingBlobs(seed), 0.02);
    }
  };

  abstract DrawnPairs open(Backend backend, long seed);
}

package dev.sluice.compute;

import java.util.Arrays;

/**
 * The best one-to-one assignment of rows to columns of a square matrix of scores.
 *
 * <p>Source: Kuhn 1955 and Munkres 1957, as shortest augmenting paths with potentials, O(n^3).
 */
public final class Assignment {
  private static final int FREE = -1;

  private Assignment() {}

  /**
   * The column of each row, such that the sum of the scores is largest.
   *
   * @param scores row-major n x n, finite
   */
  public static int[] best(double[] scores, int n) {
    if (scores.length != n * n) {
      throw new IllegalArgumentException(
          "scores of " + n + " x " + n + " need as many entries, given " + scores.length);
    }
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("scores must be finite: " + score);
      }
    }
    Search search = new Search(scores, n);
    for (int row = 0; row < n; row++) {
      search.assign(row);
    }
    int[] columns = new int[n];
    for (int column = 0; column < n; column++) {
      columns[search.rowOf[column]] = column;
    }
    return columns;
  }

  /** Rows so far assigned, and the potentials that prove their assignment the best. */
  private static final class Search {
    private final double[] scores;
    private final int n;
    private final double[] rowPotential;

    /** With a place behind the last, for the row that is looking for a column. */
    private final double[] columnPotential;

    private final int[] rowOf;
    private final int[] previous;
    private final double[] slack;
    private final boolean[] visited;

    Search(double[] scores, int n) {
      this.scores = scores;
      this.n = n;
      rowPotential = new double[n];
      columnPotential = new double[n + 1];
      rowOf = new int[n + 1];
      previous = new int[n];
      slack = new double[n];
      visited = new boolean[n + 1];
      Arrays.fill(rowOf, FREE);
    }

    void assign(int row) {
      Arrays.fill(slack, Double.POSITIVE_INFINITY);
      Arrays.fill(visited, false);
      rowOf[n] = row;
      int column = n;
      while (rowOf[column] != FREE) {
        column = advance(column);
      }
      // along the path back, each column goes to the row that reached it
      while (column != n) {
        int before = previous[column];
        rowOf[column] = rowOf[before];
        column = before;
      }
    }

    /** Visits a column and returns the unvisited one of least slack, having made that slack 0. */
    private int advance(int column) {
      visited[column] = true;
      int row = rowOf[column];
      int nearest = FREE;
      for (int j = 0; j < n; j++) {
        if (visited[j]) {
          continue;
        }
        double reduced = -scores[row * n + j] - rowPotential[row] - columnPotential[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (nearest == FREE || slack[j] < slack[nearest]) {
          nearest = j;
        }
      }
      shift(slack[nearest]);
      return nearest;
    }

    private void shift(double delta) {
      for (int j = 0; j <= n; j++) {
        if (visited[j]) {
          rowPotential[rowOf[j]] += delta;
          columnPotential[j] -= delta;
        } else if (j < n) {
          slack[j] -= delta;
        }
      }
    }
  }
}

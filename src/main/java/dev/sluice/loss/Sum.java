package dev.sluice.loss;

import dev.sluice.compute.ContrastStatistics;
import dev.sluice.event.StepReport;
import dev.sluice.model.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Several objectives at once, each giving the gradient of tensors of its own: gradients are
 * written, not added. Closing it closes them.
 */
public final class Sum implements Objective {
  private final String name;
  private final List<Objective> terms;
  private final Set<Role> reads = EnumSet.noneOf(Role.class);
  private final Set<Role> gives = EnumSet.noneOf(Role.class);

  public Sum(String name, List<Objective> terms) {
    this.name = name;
    this.terms = List.copyOf(terms);
    for (Objective term : terms) {
      reads.addAll(term.reads());
      for (Role role : term.gives()) {
        if (!gives.add(role)) {
          throw new IllegalArgumentException("two terms of " + name + " give " + role);
        }
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Role> reads() {
    return Collections.unmodifiableSet(reads);
  }

  @Override
  public Set<Role> gives() {
    return Collections.unmodifiableSet(gives);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    terms.forEach(term -> all.addAll(term.parameters()));
    return List.copyOf(all);
  }

  /** Probability and top 1 are those of the first term that contrasts anything. */
  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    double loss = 0;
    double probability = StepReport.ABSENT;
    double top1 = StepReport.ABSENT;
    for (int i = 0; i < terms.size(); i++) {
      ContrastStatistics term = terms.get(i).evaluate(tensors, temperature);
      loss += term.loss();
      probability = StepReport.isAbsent(probability) ? term.probability() : probability;
      top1 = StepReport.isAbsent(top1) ? term.top1() : top1;
    }
    return new ContrastStatistics(loss, probability, top1);
  }

  @Override
  public double chance(double temperature) {
    double chance = 0;
    for (Objective term : terms) {
      chance += term.chance(temperature);
    }
    return chance;
  }

  /** No term falls below its own. */
  @Override
  public double lowerBound() {
    double bound = 0;
    for (Objective term : terms) {
      bound += term.lowerBound();
    }
    return bound;
  }

  @Override
  public void close() {
    terms.forEach(Objective::close);
  }
}

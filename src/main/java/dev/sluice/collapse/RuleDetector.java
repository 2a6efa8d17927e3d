package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.StepReport;
import java.util.List;
import java.util.stream.Collectors;

/** A kind that is active while at least one of its rules is on. */
abstract class RuleDetector implements Detector {
  private final CollapseKind kind;
  private final List<Rule> rules;

  RuleDetector(CollapseKind kind, List<? extends Rule> rules) {
    this.kind = kind;
    this.rules = rules.stream().filter(Rule::watches).collect(Collectors.toUnmodifiableList());
  }

  @Override
  public final CollapseKind kind() {
    return kind;
  }

  @Override
  public final boolean watches() {
    return !rules.isEmpty();
  }

  @Override
  public final void accept(StepReport report, Phase phase) {
    for (int i = 0; i < rules.size(); i++) {
      rules.get(i).accept(report, phase);
    }
  }

  @Override
  public final Severity severity() {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).isOn()) {
        return Severity.CRITICAL;
      }
    }
    return Severity.CLEAR;
  }

  @Override
  public final double score() {
    double worst = StepReport.ABSENT;
    for (int i = 0; i < rules.size(); i++) {
      double score = rules.get(i).score();
      if (!StepReport.isAbsent(score) && (Double.isNaN(worst) || score > worst)) {
        worst = score;
      }
    }
    return worst;
  }

  @Override
  public final String reason() {
    return rules.stream().filter(Rule::isOn).map(Rule::reason).collect(Collectors.joining("; "));
  }

  @Override
  public final void restart() {
    rules.forEach(Rule::restart);
  }
}

package dev.sluice;

import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.StepReport;
import dev.sluice.verticle.RunWatcher;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far the runs are: on a terminal one line that is written over, elsewhere a line now and
 * then. Collapse events get lines of their own. Safe for any number of threads.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final long TERMINAL_MILLIS = 200;
  private static final long PIPE_MILLIS = 10_000;

  private final PrintWriter err;
  private final boolean terminal;
  private final List<Watched> runs = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> ticking;
  private boolean lineIsOpen;

  Progress(Console console) {
    err = console.err();
    terminal = console.terminal();
    long period = terminal ? TERMINAL_MILLIS : PIPE_MILLIS;
    ticking = timer.scheduleWithFixedDelay(this::show, period, period, TimeUnit.MILLISECONDS);
  }

  /** Watches one more run. */
  RunWatcher watch(RunInfo info) {
    Watched watched = new Watched(info, System.nanoTime());
    runs.add(watched);
    return watched;
  }

  /** A line of its own. */
  synchronized void say(String line) {
    clear();
    err.println(line);
    err.flush();
  }

  private synchronized void show() {
    if (timer.isShutdown() || runs.isEmpty()) {
      return;
    }
    String line = line(System.nanoTime());
    if (terminal) {
      err.print(CLEAR_LINE + line);
      lineIsOpen = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private void clear() {
    if (lineIsOpen) {
      err.print(CLEAR_LINE);
      lineIsOpen = false;
    }
  }

  private String line(long now) {
    if (runs.size() == 1) {
      return runs.get(0).line(now);
    }
    double rate = 0;
    long least = Long.MAX_VALUE;
    for (Watched run : runs) {
      rate += run.rate(now);
      least = Math.min(least, run.made());
    }
    return String.format(
        Locale.ROOT, "%d runs  step %d  %.0f steps/s in all", runs.size(), least, rate);
  }

  @Override
  public synchronized void close() {
    ticking.cancel(false);
    timer.shutdown();
    clear();
    err.flush();
  }

  /** One run, written by an event loop and read by the timer. */
  final class Watched implements RunWatcher {
    private final RunInfo info;
    private final int lossSlot;
    private volatile @Nullable StepReport last;
    private long rateNanos;
    private long rateStep;
    private double smoothedRate;

    private Watched(RunInfo info, long now) {
      this.info = info;
      lossSlot = info.layout().slot("sluice_loss{part=\"total\"}");
      rateNanos = now;
    }

    @Override
    public void report(StepReport report) {
      last = report;
    }

    @Override
    public void event(RunEvent event) {
      if (event instanceof RunEvent.CollapseChanged) {
        say(info.run() + ", step " + event.step() + ": " + event.text());
      }
    }

    /** Steps made. */
    private long made() {
      StepReport report = last;
      return report == null ? 0 : report.step() + 1;
    }

    /** Steps a second, smoothed over the last few looks. */
    private double rate(long now) {
      long made = made();
      double seconds = (now - rateNanos) * 1e-9;
      if (seconds <= 0) {
        return smoothedRate;
      }
      double rate = (made - rateStep) / seconds;
      smoothedRate = smoothedRate == 0 ? rate : 0.7 * smoothedRate + 0.3 * rate;
      rateNanos = now;
      rateStep = made;
      return smoothedRate;
    }

    private String line(long now) {
      StepReport report = last;
      double rate = rate(now);
      long made = made();
      StringBuilder line = new StringBuilder(info.recipe()).append(" / ").append(info.preset());
      line.append("  step ").append(made);
      if (info.lastStep() >= 0) {
        line.append('/').append(info.lastStep());
      }
      line.append(String.format(Locale.ROOT, "  %.0f steps/s", rate));
      if (report != null && report.isMeasured(lossSlot)) {
        line.append(String.format(Locale.ROOT, "  loss %.4g", report.value(lossSlot)));
      }
      if (info.lastStep() >= 0 && rate > 0) {
        line.append("  ").append(remaining((info.lastStep() - made) / rate));
      }
      return line.toString();
    }
  }

  /** A time in seconds as a person says it. */
  static String remaining(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s left";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d:%02d min left", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d h left", whole / 3600, whole % 3600 / 60);
  }
}

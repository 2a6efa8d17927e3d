package dev.sluice.crooked.web;

import dev.sluice.crooked.compute.Forgetful;

/** Closes, on purpose, a cycle of packages. */
public record Exposed(Forgetful owner) {}

import type { Command } from 'commander';
import type { CommandContext } from './command-context.js';

/** Adds a command, or a group of them, to the program. */
export type RegisterCommand = (program: Command, context: () => CommandContext) => void;

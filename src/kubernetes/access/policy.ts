/**
 * What a kubeconfig may make this server do. A kubeconfig that somebody hands over is a program in
 * the hands of a stranger otherwise: it can name any file and any command.
 */
export interface KubeconfigPolicy {
  /** Whether a kubeconfig that is handed over as text may name files of this server. */
  readonly mayNameFiles: boolean;
  /** Whether a kubeconfig may have programs run for its credentials (`exec`, old auth providers). */
  readonly mayRunPrograms: boolean;
}

export const strictKubeconfigPolicy: KubeconfigPolicy = {
  mayNameFiles: false,
  mayRunPrograms: false,
};

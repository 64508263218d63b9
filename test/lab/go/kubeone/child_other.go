//go:build !linux

package main

import "syscall"

// dieWithParent has no counterpart here; a killed parent leaves its children to their own end.
func dieWithParent() *syscall.SysProcAttr { return nil }

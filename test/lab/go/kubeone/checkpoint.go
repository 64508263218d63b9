package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/server/v3/embed"
	"go.etcd.io/etcd/server/v3/etcdserver/api/v3client"
)

const (
	registry = "/registry/"
	// quietFor is how long nothing may change before a state counts as settled: controllers answer
	// what was taken away, some by making it again.
	quietFor     = 300 * time.Millisecond
	lookEvery    = 50 * time.Millisecond
	settleWithin = 60 * time.Second
)

// restless are kinds that change by themselves all the time: heartbeats, and news of what was done.
var restless = []string{registry + "leases/", registry + "events/", registry + "minions/"}

func isRestless(key string) bool {
	return slices.ContainsFunc(restless, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
}

// checkpoint keeps every stored object of the cluster as it was at one moment. It works below the
// API server, which sees its own store change and tells all watchers: so it holds for every kind,
// waits for no finalizer, and leaves the very objects that were there, with their identity.
type checkpoint struct {
	client *clientv3.Client
	kept   map[string][]byte
}

// answer is the line written to stdout for each command read from stdin.
type answer struct {
	Objects int    `json:"objects"`
	Changed int    `json:"changed"`
	Error   string `json:"error,omitempty"`
}

func newCheckpoint(store *embed.Etcd) *checkpoint {
	return &checkpoint{client: v3client.New(store.Server)}
}

func (c *checkpoint) read(ctx context.Context) (map[string][]byte, error) {
	found, err := c.client.Get(ctx, registry, clientv3.WithPrefix())
	if err != nil {
		return nil, err
	}
	objects := make(map[string][]byte, len(found.Kvs))
	for _, pair := range found.Kvs {
		objects[string(pair.Key)] = pair.Value
	}
	return objects, nil
}

// difference lists the keys that are not the same in both, namespaces first: into a namespace that
// is gone nothing is made again.
func difference(wanted, found map[string][]byte) []string {
	var keys []string
	for key, value := range found {
		if kept, known := wanted[key]; !known || !bytes.Equal(kept, value) {
			keys = append(keys, key)
		}
	}
	for key := range wanted {
		if _, known := found[key]; !known {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		first := func(key string) int {
			if strings.HasPrefix(key, registry+"namespaces/") {
				return 0
			}
			return 1
		}
		if order := first(a) - first(b); order != 0 {
			return order
		}
		return strings.Compare(a, b)
	})
	return keys
}

// untilQuiet repeats a look until it finds nothing but restless kinds for a while.
func untilQuiet(look func(first bool) ([]string, error)) error {
	quietSince := time.Now()
	var last []string
	first := true
	for deadline := time.Now().Add(settleWithin); time.Now().Before(deadline); time.Sleep(lookEvery) {
		keys, err := look(first)
		if err != nil {
			return err
		}
		first = false
		if changed := slices.DeleteFunc(keys, isRestless); len(changed) > 0 {
			last, quietSince = changed, time.Now()
		}
		if time.Since(quietSince) >= quietFor {
			return nil
		}
	}
	return fmt.Errorf("the cluster did not settle within %v: %s", settleWithin, strings.Join(last, ", "))
}

// keep remembers the present state, once nothing is under way any more.
func (c *checkpoint) keep(ctx context.Context) (answer, error) {
	err := untilQuiet(func(bool) ([]string, error) {
		found, err := c.read(ctx)
		if err != nil {
			return nil, err
		}
		changed := difference(c.kept, found)
		c.kept = found
		return changed, nil
	})
	return answer{Objects: len(c.kept)}, err
}

// restore brings back the state that was kept.
func (c *checkpoint) restore(ctx context.Context) (answer, error) {
	if c.kept == nil {
		return answer{}, fmt.Errorf("no state was kept")
	}
	changed := 0
	err := untilQuiet(func(first bool) ([]string, error) {
		found, err := c.read(ctx)
		if err != nil {
			return nil, err
		}
		keys := difference(c.kept, found)
		for _, key := range keys {
			if isRestless(key) && !first {
				continue
			}
			changed++
			if value, known := c.kept[key]; known {
				_, err = c.client.Put(ctx, key, string(value))
			} else {
				_, err = c.client.Delete(ctx, key)
			}
			if err != nil {
				return nil, err
			}
		}
		return keys, nil
	})
	return answer{Objects: len(c.kept), Changed: changed}, err
}

// obey reads commands, one a line, until the input ends.
func (c *checkpoint) obey(input io.Reader, output io.Writer) {
	commands := map[string]func(context.Context) (answer, error){"keep": c.keep, "restore": c.restore}
	answers := json.NewEncoder(output)
	for lines := bufio.NewScanner(input); lines.Scan(); {
		command, known := commands[lines.Text()]
		if !known {
			_ = answers.Encode(answer{Error: fmt.Sprintf("no such command: %q", lines.Text())})
			continue
		}
		done, err := command(context.Background())
		if err != nil {
			done.Error = err.Error()
		}
		_ = answers.Encode(done)
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

var actions = []string{"delay", "drop", "hang", "status", "fault", "truncate", "executeThenDrop", "executeThenHang"}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, format string, args ...any) {
	answer(w, http.StatusBadRequest, map[string]string{"error": fmt.Sprintf(format, args...)})
}

func read[T any](w http.ResponseWriter, r *http.Request) (value T, ok bool) {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		refuse(w, "body: %v", err)
		return value, false
	}
	return value, true
}

// startAdmin serves the controls of the lab and returns their address.
//
//	GET/POST/DELETE /rules, DELETE /rules/{id}   injected failures
//	GET/DELETE /calls                            calls per SOAP method
//	GET /traffic                                 calls and bytes by client and SOAP method
//	GET /sessions                                open sessions
//	PUT /guests, PUT /guests/{id}                shutdown delay; a hung guest
//	PUT /privileges                              denied privilege ids
//	POST /certificate                            a new certificate on the same port
//	POST /properties                             typed property changes, as an ObjectContent in XML
func startAdmin(address string, f *front, g *guests, p *deniedPrivileges, c *rotatingCertificate, m *simulator.Model) (string, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /rules", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, f.snapshot()) })
	mux.HandleFunc("POST /rules", func(w http.ResponseWriter, r *http.Request) {
		value, ok := read[rule](w, r)
		switch {
		case !ok:
		case !slices.Contains(actions, value.Action):
			refuse(w, "action %q: want one of %v", value.Action, actions)
		case value.Action == "status" && (value.Status < 100 || value.Status > 599):
			refuse(w, "status %d: want an HTTP status code", value.Status)
		default:
			answer(w, http.StatusCreated, f.add(&value))
		}
	})
	mux.HandleFunc("DELETE /rules", func(w http.ResponseWriter, _ *http.Request) {
		f.clear()
		answer(w, http.StatusOK, nil)
	})
	mux.HandleFunc("DELETE /rules/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil || !f.remove(id) {
			refuse(w, "no rule %s", r.PathValue("id"))
			return
		}
		answer(w, http.StatusOK, nil)
	})
	mux.HandleFunc("GET /calls", func(w http.ResponseWriter, _ *http.Request) {
		calls, faulted := f.counts()
		answer(w, http.StatusOK, map[string]any{"calls": calls, "faulted": faulted})
	})
	mux.HandleFunc("DELETE /calls", func(w http.ResponseWriter, _ *http.Request) {
		f.resetCounts()
		answer(w, http.StatusOK, nil)
	})
	mux.HandleFunc("GET /traffic", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, f.flows()) })
	mux.HandleFunc("GET /sessions", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, sessions(m)) })
	mux.HandleFunc("PUT /guests", func(w http.ResponseWriter, r *http.Request) {
		if v, ok := read[struct{ Milliseconds int }](w, r); ok {
			g.setDelay(time.Duration(v.Milliseconds) * time.Millisecond)
			answer(w, http.StatusOK, nil)
		}
	})
	mux.HandleFunc("PUT /guests/{id}", func(w http.ResponseWriter, r *http.Request) {
		if v, ok := read[struct{ Hung bool }](w, r); ok {
			g.set(r.PathValue("id"), v.Hung)
			answer(w, http.StatusOK, nil)
		}
	})
	mux.HandleFunc("PUT /privileges", func(w http.ResponseWriter, r *http.Request) {
		if v, ok := read[struct{ Denied []string }](w, r); ok {
			p.deny(v.Denied)
			answer(w, http.StatusOK, nil)
		}
	})
	mux.HandleFunc("POST /certificate", func(w http.ResponseWriter, _ *http.Request) {
		if err := c.rotate(); err != nil {
			refuse(w, "%v", err)
			return
		}
		sha256, sha1, pem := c.fingerprints()
		answer(w, http.StatusOK, map[string]string{"sha256": sha256, "sha1": sha1, "certificate": pem})
	})
	mux.HandleFunc("POST /properties", func(w http.ResponseWriter, r *http.Request) {
		if err := setProperties(g, r.Body); err != nil {
			refuse(w, "%v", err)
			return
		}
		answer(w, http.StatusOK, nil)
	})
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", fmt.Errorf("admin: %w", err)
	}
	go func() { _ = (&http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}).Serve(listener) }()
	return "http://" + listener.Addr().String(), nil
}

// sessions lists the open sessions of the SDK as the session manager itself reports them.
func sessions(m *simulator.Model) []types.UserSession {
	ref := m.Service.Context.Map.SessionManager().Self
	manager, ok := m.Service.Context.Session.Get(ref).(*simulator.SessionManager)
	if !ok {
		return nil
	}
	return append([]types.UserSession{}, manager.SessionList...)
}

// setProperties applies an ObjectContent to a live object and tells every property collector,
// so that WaitForUpdatesEx reports the change.
func setProperties(g *guests, body io.Reader) (err error) {
	var content types.ObjectContent
	decoder := xml.NewDecoder(body)
	decoder.TypeFunc = types.TypeFunc()
	if err = decoder.Decode(&content); err != nil {
		return err
	}
	object, ok := g.model.Map().Get(content.Obj).(mo.Reference)
	if !ok || object == nil {
		return fmt.Errorf("%s: no such object", content.Obj)
	}
	changes := make([]types.PropertyChange, 0, len(content.PropSet))
	for _, property := range content.PropSet {
		changes = append(changes, types.PropertyChange{Name: property.Name, Op: types.PropertyChangeOpAssign, Val: property.Val})
	}
	// A value of the wrong type panics deep in the simulator's reflection.
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("%s: %v", content.Obj, caught)
		}
	}()
	ctx := g.context()
	g.model.Map().WithLock(ctx, object, func() { ctx.Update(object, changes) })
	return nil
}

package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// rule says which calls go wrong, and how. Empty matchers match everything.
type rule struct {
	ID int `json:"id"`
	// Method is a SOAP method name, or an HTTP method when Path is a REST path.
	Method     string `json:"method"`
	ObjectType string `json:"objectType"`
	ObjectID   string `json:"objectId"`
	// Path is a prefix of the URL path; /sdk when empty.
	Path string `json:"path"`
	// Skip lets that many matching calls pass first; Count then limits the rule (0: until removed).
	Skip  int `json:"skip"`
	Count int `json:"count"`
	// Action is drop, truncate, status, fault, delay, hang, executeThenDrop or executeThenHang.
	Action string `json:"action"`
	// Status is the HTTP code of a status action, Fault the vim25 type name of a fault action,
	// Privilege what a NoPermission fault names, Missing the machine that ManagedObjectNotFound does.
	Status       int    `json:"status"`
	Fault        string `json:"fault"`
	Privilege    string `json:"privilege"`
	Missing      string `json:"missing"`
	Milliseconds int    `json:"milliseconds"`
	// Hits counts how often the rule was applied.
	Hits int `json:"hits"`
	seen int
}

// call is what the front knows about one request.
type call struct {
	method, objectType, objectID, path string
}

// front stands between the listener and the simulator.
type front struct {
	next   http.Handler
	guests *guests

	mu     sync.Mutex
	lastID int
	rules  []*rule
	calls  map[string]int
	// faulted counts the calls that ended in a fault or an HTTP error of the simulator itself.
	faulted map[string]int
	// traffic counts calls and bytes of answers by the client's own name and the method.
	traffic map[string]map[string]flow
}

// flow is what one client got out of one method.
type flow struct {
	Calls int   `json:"calls"`
	Bytes int64 `json:"bytes"`
}

func newFront(next http.Handler, g *guests) *front {
	return &front{next: next, guests: g, calls: map[string]int{}, faulted: map[string]int{}, traffic: map[string]map[string]flow{}}
}

func (f *front) add(r *rule) *rule {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lastID++
	r.ID, r.Hits, r.seen = f.lastID, 0, 0
	if r.Path == "" {
		r.Path = "/sdk"
	}
	f.rules = append(f.rules, r)
	return r
}

func (f *front) remove(id int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, r := range f.rules {
		if r.ID == id {
			f.rules = append(f.rules[:i], f.rules[i+1:]...)
			return true
		}
	}
	return false
}

func (f *front) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = nil
}

func (f *front) snapshot() []rule {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]rule, 0, len(f.rules))
	for _, r := range f.rules {
		list = append(list, *r)
	}
	return list
}

func (f *front) counts() (calls, faulted map[string]int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	calls, faulted = map[string]int{}, map[string]int{}
	for k, v := range f.calls {
		calls[k] = v
	}
	for k, v := range f.faulted {
		faulted[k] = v
	}
	return calls, faulted
}

func (f *front) resetCounts() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls, f.faulted, f.traffic = map[string]int{}, map[string]int{}, map[string]map[string]flow{}
}

func (f *front) tally(agent, method string, bytes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.traffic[agent] == nil {
		f.traffic[agent] = map[string]flow{}
	}
	sum := f.traffic[agent][method]
	f.traffic[agent][method] = flow{sum.Calls + 1, sum.Bytes + bytes}
}

func (f *front) flows() map[string]map[string]flow {
	f.mu.Lock()
	defer f.mu.Unlock()
	flows := map[string]map[string]flow{}
	for agent, methods := range f.traffic {
		flows[agent] = maps.Clone(methods)
	}
	return flows
}

func (r *rule) matches(c call) bool {
	return strings.HasPrefix(c.path, r.Path) &&
		(r.Method == "" || r.Method == "*" || r.Method == c.method) &&
		(r.ObjectType == "" || r.ObjectType == c.objectType) &&
		(r.ObjectID == "" || r.ObjectID == c.objectID)
}

// take returns a copy of the rule that applies to the call, if any, and counts the call.
func (f *front) take(c call) *rule {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[c.method]++
	for _, r := range f.rules {
		if !r.matches(c) {
			continue
		}
		r.seen++
		if r.seen <= r.Skip || (r.Count > 0 && r.Hits >= r.Count) {
			continue
		}
		r.Hits++
		applied := *r
		return &applied
	}
	return nil
}

func (f *front) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_ = request.Body.Close()
	c := describe(request, body)
	replay := func(to http.ResponseWriter) {
		again := request.Clone(request.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		f.next.ServeHTTP(to, again)
	}
	if r := f.take(c); r != nil {
		if f.apply(r, c, w, request, replay) {
			return
		}
	}
	if c.method == "ShutdownGuest" && c.path == "/sdk" && f.guests.shutdownLater(c.objectID) {
		writeSOAP(w, http.StatusOK, `<ShutdownGuestResponse xmlns="urn:vim25"></ShutdownGuestResponse>`)
		return
	}
	watched := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	replay(watched)
	f.tally(request.UserAgent(), c.method, watched.bytes)
	if watched.status >= http.StatusBadRequest {
		f.mu.Lock()
		f.faulted[c.method]++
		f.mu.Unlock()
	}
}

// apply acts on a rule; false means that the call goes on as usual (a delay).
func (f *front) apply(r *rule, c call, w http.ResponseWriter, request *http.Request, replay func(http.ResponseWriter)) bool {
	pause := time.Duration(r.Milliseconds) * time.Millisecond
	switch r.Action {
	case "delay":
		wait(request, pause)
		return false
	case "drop":
		hangUp(w)
	case "hang":
		// Far longer than any client waits, unless the rule says how long.
		if pause == 0 {
			pause = time.Hour
		}
		wait(request, pause)
		hangUp(w)
	case "status":
		wait(request, pause)
		http.Error(w, http.StatusText(r.Status), r.Status)
	case "fault":
		wait(request, pause)
		writeSOAP(w, http.StatusInternalServerError, faultXML(r, c))
	case "truncate":
		record := httptest.NewRecorder()
		replay(record)
		truncate(w, record)
	case "executeThenDrop":
		replay(httptest.NewRecorder())
		hangUp(w)
	case "executeThenHang":
		replay(httptest.NewRecorder())
		if pause == 0 {
			pause = time.Hour
		}
		wait(request, pause)
		hangUp(w)
	}
	return true
}

func wait(request *http.Request, pause time.Duration) {
	select {
	case <-time.After(pause):
	case <-request.Context().Done():
	}
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}

// truncate sends a well-formed head and half of the body, then closes: what a proxy that dies
// in the middle of an answer looks like.
func truncate(w http.ResponseWriter, record *httptest.ResponseRecorder) {
	h, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	conn, buffer, err := h.Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	body := record.Body.Bytes()
	fmt.Fprintf(buffer, "HTTP/1.1 %d %s\r\nContent-Type: text/xml; charset=utf-8\r\nConnection: close\r\n\r\n", record.Code, http.StatusText(record.Code))
	_, _ = buffer.Write(body[:len(body)/2])
	_ = buffer.Flush()
}

func writeSOAP(w http.ResponseWriter, status int, inner string) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>%s</soapenv:Body></soapenv:Envelope>`, inner)
}

func faultXML(r *rule, c call) string {
	name := r.Fault
	if name == "" {
		name = "SystemError"
	}
	detail := ""
	if name == "NoPermission" || name == "NotAuthenticated" {
		privilege := r.Privilege
		if privilege == "" {
			privilege = "System.View"
		}
		detail = fmt.Sprintf(`<object type="%s">%s</object><privilegeId>%s</privilegeId>`, escape(c.objectType), escape(c.objectID), escape(privilege))
	}
	if name == "ManagedObjectNotFound" {
		detail = fmt.Sprintf(`<obj type="VirtualMachine">%s</obj>`, escape(r.Missing))
	}
	return fmt.Sprintf(`<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>%s</faultstring><detail><%sFault xmlns="urn:vim25" xsi:type="%s">%s</%sFault></detail></soapenv:Fault>`,
		escape("injected "+name), name, name, detail, name)
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// describe reads the SOAP method and its object from a request, or the HTTP method of a REST call.
func describe(request *http.Request, body []byte) call {
	c := call{method: request.Method, path: request.URL.Path}
	if request.Method != http.MethodPost || !strings.HasPrefix(request.URL.Path, "/sdk") {
		return c
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	inBody := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return c
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case start.Name.Local == "Body" && !inBody:
			inBody = true
		case inBody && c.method == http.MethodPost:
			c.method = start.Name.Local
		case inBody && start.Name.Local == "_this":
			for _, a := range start.Attr {
				if a.Name.Local == "type" {
					c.objectType = a.Value
				}
			}
			if text, ok := nextText(decoder); ok {
				c.objectID = text
			}
			return c
		}
	}
}

func nextText(decoder *xml.Decoder) (string, bool) {
	token, err := decoder.Token()
	if err != nil {
		return "", false
	}
	text, ok := token.(xml.CharData)
	return strings.TrimSpace(string(text)), ok
}

type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *statusWriter) Write(piece []byte) (int, error) {
	n, err := w.ResponseWriter.Write(piece)
	w.bytes += int64(n)
	return n, err
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Flush() {
	if flusher, ok := w.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
}

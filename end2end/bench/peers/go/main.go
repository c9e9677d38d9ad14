// Go's own server and golang-jwt: the same token as ours. Whose it is is made up, or with SESSIONS, the
// path of this demo's database, looked up there by the cookie as the demo does.
package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/golang-jwt/jwt"
	_ "github.com/mattn/go-sqlite3"
)

type traits struct {
	Plan     string `json:"plan"`
	Amount   int64  `json:"amount"`
	Interval string `json:"interval"`
}

type claims struct {
	Email  string `json:"email"`
	Traits traits `json:"traits"`
	jwt.StandardClaims
}

type user struct {
	id, email string
	traits
}

var secret, audience = []byte(os.Getenv("REQIO_SECRET")), os.Getenv("REQIO_AUDIENCE")

func alwaysTheSame(*http.Request) (user, error) {
	return user{"42", "scale@acme.test", traits{"scale", 99000, "year"}}, nil
}

func fromSession(database string) func(*http.Request) (user, error) {
	accounts, err := sql.Open("sqlite3", database)
	if err != nil {
		log.Fatal(err)
	}
	find, err := accounts.Prepare(`SELECT users.id, email, plan, amount, "interval"
		FROM sessions JOIN users ON users.id = sessions.user_id WHERE token_hash = $1`)
	if err != nil {
		log.Fatal(err)
	}
	return func(request *http.Request) (found user, err error) {
		cookie, err := request.Cookie(os.Getenv("SESSION_COOKIE"))
		if err != nil {
			return found, err
		}
		hash := sha256.Sum256([]byte(cookie.Value))
		row := find.QueryRow(hex.EncodeToString(hash[:]))
		return found, row.Scan(&found.id, &found.email, &found.Plan, &found.Amount, &found.Interval)
	}
}

func main() {
	who := alwaysTheSame
	if database := os.Getenv("SESSIONS"); database != "" {
		who = fromSession(database)
	}
	http.HandleFunc("/", func(answer http.ResponseWriter, request *http.Request) {
		user, err := who(request)
		if err != nil {
			http.Error(answer, "unauthorized", http.StatusUnauthorized)
			return
		}
		now := time.Now().Unix()
		standard := jwt.StandardClaims{Subject: user.id, Audience: audience, IssuedAt: now, ExpiresAt: now + 300}
		unsigned := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{user.email, user.traits, standard})
		token, err := unsigned.SignedString(secret)
		if err != nil {
			http.Error(answer, "identity error", http.StatusInternalServerError)
			return
		}
		answer.Header().Set("Content-Type", "application/json")
		json.NewEncoder(answer).Encode(map[string]any{"token": token, "expires_in": 300})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

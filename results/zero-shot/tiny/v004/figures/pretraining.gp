# In this folder, `gnuplot pretraining.gp` draws pretraining.svg from pretraining.csv: 84 mm wide, letters of 7 points.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 496,370 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'pretraining.svg'
set border 11
set xlabel 'tokens trained on (millions)'
set ylabel 'loss (nats a token)' offset 1,0
set y2label 'perplexity'
set link y2
set multiplot
unset key
set y2tics ('1' log(1), '1.2' log(1.2), '1.5' log(1.5), '2' log(2), '2.5' log(2.5), '3' log(3), '4' log(4), '5' log(5), '6' log(6), '8' log(8), '10' log(10), '12' log(12), '15' log(15), '20' log(20), '25' log(25), '30' log(30), '40' log(40), '50' log(50), '60' log(60), '80' log(80), '100' log(100), '120' log(120), '150' log(150), '200' log(200), '250' log(250), '300' log(300), '400' log(400), '500' log(500), '600' log(600), '800' log(800), '1000' log(1000), '1200' log(1200), '1500' log(1500), '2000' log(2000), '2500' log(2500), '3000' log(3000), '4000' log(4000), '5000' log(5000), '6000' log(6000), '8000' log(8000), '10000' log(10000), '12000' log(12000), '15000' log(15000), '20000' log(20000), '25000' log(25000), '30000' log(30000), '40000' log(40000), '50000' log(50000), '60000' log(60000), '80000' log(80000), '100000' log(100000), '120000' log(120000), '150000' log(150000), '200000' log(200000), '250000' log(250000), '300000' log(300000), '400000' log(400000), '500000' log(500000), '600000' log(600000), '800000' log(800000), '1000000' log(1000000))
set xrange [0:2.4862679999999999] noextend
set yrange [1.40589:2.61146] noextend
set lmargin at screen 0.1512
set rmargin at screen 0.8488
set tmargin at screen 0.8378
set bmargin at screen 0.1784
plot \
    'pretraining.csv' every ::1 using ($1 == 0 && $2 == 0 ? $5 : NaN):6 with lines ls 1 lw 1 dt 1, \
    'pretraining.csv' every ::1 using ($1 == 1 && $2 == 0 ? $5 : NaN):6 with lines ls 2 lw 1 dt 1, \
    'pretraining.csv' every ::1 using ($1 == 0 && $2 == 1 ? $5 : NaN):(log($6)) with linespoints ls 1 dt 2, \
    'pretraining.csv' every ::1 using ($1 == 1 && $2 == 1 ? $5 : NaN):(log($6)) with linespoints ls 2 dt 2, \
    NaN
unset link y2
set border 3
unset y2tics
unset y2label
set label '' at screen 0.0544,0.9608 point ls 1
set label "Transformer, held out" at screen 0.1069,0.9608 left noenhanced
set label "Transformer, trained on" at screen 0.6109,0.9608 left noenhanced
set label '' at screen 0.0544,0.9041 point ls 2
set label "LSTM, held out" at screen 0.1069,0.9041 left noenhanced
set label "LSTM, trained on" at screen 0.6109,0.9041 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.0181:0.0907] 0.9608 with lines ls 1 dt 2, \
    [0.5222:0.5948] 0.9608 with lines ls 1 lw 1 dt 1, \
    [0.0181:0.0907] 0.9041 with lines ls 2 dt 2, \
    [0.5222:0.5948] 0.9041 with lines ls 2 lw 1 dt 1, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
